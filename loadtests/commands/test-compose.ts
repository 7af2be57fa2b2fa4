// commands/test-compose.ts: `npm run test:compose`: the contract suite on both shapes in containers.
// Called by run.mjs. Its containers, volumes and ports are its own; nothing of it stays.
import { rebuiltByChange } from '../compose/independence.ts';
import { unansweredLoad } from '../compose/load-inside.ts';
import { unsafeties } from '../compose/safety.ts';
import { findEngine } from '../targets/compose/engine.ts';
import { down, type Project, up } from '../targets/compose/project.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { interruption } from './lib/interruption.ts';
import { during } from './lib/progress.ts';
import { runTool, vitest } from './lib/tool.ts';

const usage = {
  command: 'test:compose',
  about:
    'Builds the images, starts both shapes on PostgreSQL, and runs the contract suite\non both, and load from inside; then kills, starves, scales and deploys containers\nunder load.',
  flags: {},
} as const;

const project: Project = {
  name: 'one-shop-test',
  profiles: ['monolith', 'microservices'],
  ports: { monolith: 13_000, microservices: 14_000 },
};

/** @returns the exit code: 0 when all tests passed and nothing unsafe was found */
export async function main(argv: readonly string[]): Promise<number> {
  if (readFlags(usage, argv).help) {
    console.log(helpOf(usage));
    return 0;
  }
  await findEngine();
  const stopped = interruption(130).promise.then(() => 130);
  const contract = await contractTests(stopped);
  return contract === 130 ? contract : Math.max(contract, await Promise.race([stopped, broken()]));
}

async function contractTests(stopped: Promise<number>): Promise<number> {
  try {
    await during(
      'Building and starting 15 containers',
      () => up(project),
      () => '15 containers are healthy',
    );
    return await Promise.race([stopped, tested()]);
  } finally {
    await during(
      'Removing them',
      () => down(project, true),
      () => 'Containers, volumes and images removed',
    );
  }
}

async function tested(): Promise<number> {
  const wrong = [...(await unsafeties(project)), ...(await dependences())];
  if (wrong.length === 0)
    console.log('  Nothing unsafe found; a change of catalog rebuilds catalog');
  let worst = told(wrong);
  for (const [shape, port] of Object.entries(project.ports)) {
    const env = { CONTRACT_URL: `http://127.0.0.1:${port}`, CONTRACT_NAME: shape };
    const { code } = await runTool([...vitest, 'shared/test/contract.test.ts'], true, env);
    worst = Math.max(worst, code);
  }
  // Last: what it orders would be in the way of the contract.
  const unanswered = await during(
    'Loading both from inside',
    () => unansweredLoad(project),
    ({ length }) => (length === 0 ? 'Both answered load from inside' : 'Load from inside failed'),
  );
  return Math.max(worst, told(unanswered));
}

/** @returns the exit code that these sentences make */
function told(wrong: readonly string[]): number {
  for (const one of wrong) console.log(`  ${one}`);
  return wrong.length === 0 ? 0 : 1;
}

/** What breaks containers starts its own: one shape at a time, as the core is shared. */
async function broken(): Promise<number> {
  const tests = 'loadtests/targets/compose/compose-platform.test.ts';
  const { code } = await runTool([...vitest, tests], true, { ENGINE_TESTS: 'on' });
  return code;
}

async function dependences(): Promise<string[]> {
  const rebuilt = await rebuiltByChange(['catalog', 'payments']);
  return rebuilt.join() === 'catalog'
    ? []
    : [`A change of catalog rebuilt ${rebuilt.join(' and ') || 'nothing'}.`];
}
