// commands/start.ts: `npm start`: the three shapes of the shop side by side until Ctrl-C.
// Called by run.mjs.
import type { Buildable } from '../targets/artefacts.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { functionZips } from '../targets/function-zips.ts';
import { parsePortBase } from '../targets/port-base.ts';
import { checkPorts } from '../targets/ports.ts';
import { withQueue } from '../targets/queue.ts';
import { shapesAt, type Target, targetsAt } from '../targets/targets.ts';
import { buildApart } from './lib/build-apart.ts';
import { couplingFrom } from './lib/coupling-flag.ts';
import { type Given, helpOf, readFlags } from './lib/flags.ts';
import { interruptedExitCode, interruption } from './lib/interruption.ts';
import { ownSettings } from './lib/own-settings.ts';

const usage = {
  command: 'start',
  about: 'Builds what has changed, then runs the shapes of the shop until Ctrl-C.',
  flags: {
    targets: {
      value: 'a,b',
      about: 'monolith,microservices,serverless (all three), monolith-cluster',
    },
    fresh: { about: 'forget the data of earlier runs' },
    coupling: { value: 'sync|queue', about: 'with a queue to switch to (LAB_COUPLING)' },
    'port-base': {
      value: 'N',
      about: 'first port (3000); the last is N+6324, the page is N+5080',
    },
  },
} as const;

/** @returns the exit code: 0 once everything was stopped, 130 when that was before anything ran */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const coupling = couplingFrom(given);
  const options = { coupling, env: ownSettings() };
  const targets = chosenTargets(given).map((target) => withQueue(target, options));
  const stopAsked = interruption();
  const portBase = portBaseOf(given);
  const consolePort = portBase + consoleOffset;
  const page = { name: 'the console', port: consolePort };
  await checkPorts([...targets.flatMap(({ components }) => components), page]);
  const [built, { runSideBySide }] = await Promise.all([
    buildApart(zipsOf(targets), stopAsked),
    // Meanwhile: where there is something to build, another process builds it.
    import('./lib/side-by-side.ts'),
  ]);
  if (!built || stopAsked.yet()) return interruptedExitCode;
  const fresh = given.on('fresh');
  await runSideBySide({ targets, portBase, consolePort, coupling, fresh }, stopAsked);
  return 0;
}

/** The console is at 8080, where the first port is 3000. */
const consoleOffset = 5080;

/** One for both shapes of the monolith; a cloud runs from its own and those of its functions. */
function zipsOf(targets: readonly Target[]): Buildable[] {
  const all = targets.flatMap(({ components, functions }): readonly Buildable[] =>
    functions === undefined ? components : [...components, ...functionZips],
  );
  return [...new Map(all.map((zip) => [zip.name, zip])).values()];
}

/** @throws CannotStart for one out of range */
function portBaseOf(given: Given): number {
  const flag = given.text('port-base');
  return flag === undefined
    ? parsePortBase(process.env.LAB_PORT_BASE)
    : parsePortBase(flag, '--port-base');
}

/** @throws CannotStart for a name that is not a target, or a port base out of range */
function chosenTargets(given: Given): Target[] {
  const all: Record<string, Target> = shapesAt(portBaseOf(given));
  const names = given.text('targets')?.split(',') ?? Object.keys(targetsAt());
  return [...new Set(names)].map((name) => {
    const target = all[name];
    if (target !== undefined) return target;
    throw new CannotStart(`--targets names "${name}": choose from ${Object.keys(all).join(', ')}.`);
  });
}
