// commands/start.ts: `npm start`: both shapes of the shop side by side until Ctrl-C.
// Called by run.mjs.
import { relative } from 'node:path';
import { startScreen } from '../screen/start-screen.ts';
import { showStatus } from '../screen/status.ts';
import { staleComponents } from '../targets/artefacts.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { checkPorts } from '../targets/ports.ts';
import { startTarget } from '../targets/process-platform.ts';
import { type Component, parsePortBase, type Target, targetsAt } from '../targets/targets.ts';
import { builtSentence } from './build.ts';
import { type Given, helpOf, readFlags } from './lib/flags.ts';
import { interruption } from './lib/interruption.ts';
import { memoryOf } from './lib/memory.ts';
import { during } from './lib/progress.ts';
import { runTool } from './lib/tool.ts';

const usage = {
  command: 'start',
  about: 'Builds what has changed, then runs the shapes of the shop until Ctrl-C.',
  flags: {
    targets: { value: 'a,b', about: 'which shapes: monolith,microservices (both)' },
    fresh: { about: 'forget the data of earlier runs' },
    'port-base': { value: 'N', about: 'first port (3000): N, N+1000 to N+1006' },
  },
} as const;

/** @returns the exit code: 0 once everything was stopped */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const targets = chosenTargets(given);
  const stopAsked = interruption();
  const components = targets.flatMap((target) => target.components);
  await checkPorts(components);
  await during(
    `Building ${components.length} zips`,
    () => buildApart(components),
    (built) => builtSentence(components.length, built),
  );
  const shapes = await during(
    `Starting ${components.length} processes`,
    () => startAll(targets, given.on('fresh')),
    () => `Started ${components.length} processes`,
  );
  if (!stopAsked.yet()) {
    console.log(startScreen(screenOf(shapes)));
    const endStatus = showStatus(shapes);
    await stopAsked.promise;
    endStatus();
  }
  await during(
    'Stopping',
    () => stopAll(shapes),
    () => 'Stopped; nothing is left running.',
  );
  return 0;
}

/** @throws CannotStart for a name that is not a target, or a port base out of range */
function chosenTargets(given: Given): Target[] {
  const flag = given.text('port-base');
  const portBase =
    flag === undefined
      ? parsePortBase(process.env.LAB_PORT_BASE)
      : parsePortBase(flag, '--port-base');
  const all: Record<string, Target> = targetsAt(portBase);
  const names = given.text('targets')?.split(',') ?? Object.keys(all);
  return [...new Set(names)].map((name) => {
    const target = all[name];
    if (target !== undefined) return target;
    throw new CannotStart(`--targets names "${name}": choose from ${Object.keys(all).join(', ')}.`);
  });
}

/**
 * Builds in a process of its own: what a build leaves in memory would be counted as the lab's.
 * @returns how many zips had to be made
 * @throws CannotStart with what the build said
 */
async function buildApart(components: readonly Component[]): Promise<number> {
  const stale = await staleComponents(components);
  if (stale.length === 0) return 0;
  const { code, output } = await runTool([process.execPath, 'loadtests/run.mjs', 'build']);
  if (code !== 0) throw new CannotStart(output.trim());
  return stale.length;
}

/** All or none: when one cannot start, the others are stopped before it is said. */
async function startAll(targets: readonly Target[], fresh: boolean): Promise<RunningTarget[]> {
  const options = { fresh, logLevel: 'info', env: { LAB_CHAOS: 'on', ...ownKeys() } };
  const starts = await Promise.allSettled(targets.map((target) => startTarget(target, options)));
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed === undefined) return running;
  await stopAll(running);
  throw failed.reason;
}

async function stopAll(shapes: readonly RunningTarget[]): Promise<void> {
  await Promise.all(shapes.map((shape) => shape.stop()));
}

function screenOf(shapes: readonly RunningTarget[]) {
  const pids = shapes.flatMap(({ components }) => components.flatMap(({ pid }) => pid ?? []));
  const keys: { CUSTOMER_KEYS?: string; INSTRUCTOR_KEY?: string } = ownKeys();
  const installedMs = performance.getEntriesByName('installed')[0]?.startTime ?? 0;
  return {
    shapes,
    readyMs: performance.now() - installedMs,
    ...memoryOf([process.pid, ...pids]),
    customerKey: keys.CUSTOMER_KEYS?.split(',')[0] ?? 'demo-student',
    instructorKey: keys.INSTRUCTOR_KEY ?? 'demo-instructor',
    demoKeys: keys.CUSTOMER_KEYS === undefined || keys.INSTRUCTOR_KEY === undefined,
    logFolder: relative(process.cwd(), labFolders(repoRoot).logs),
  };
}

/** The keys of whoever starts the lab; nothing else of their environment reaches the shop. */
function ownKeys(): Record<string, string> {
  return Object.fromEntries(
    ['CUSTOMER_KEYS', 'INSTRUCTOR_KEY'].flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}
