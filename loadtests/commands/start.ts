// commands/start.ts: `npm start`: the three shapes of the shop side by side until Ctrl-C.
// Called by run.mjs.
import { relative } from 'node:path';
import {
  DEMO_CALLBACK_SECRET,
  DEMO_CUSTOMER_KEY,
  DEMO_INSTRUCTOR_KEY,
} from '@lab/shared/runtime/config.ts';
import { openDoor } from '../console/live/door.ts';
import { startScreen } from '../screen/start-screen.ts';
import { showStatus } from '../screen/status.ts';
import type { Buildable } from '../targets/artefacts.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { functionZips } from '../targets/function-zips.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { allPidsOf, memoryOf } from '../targets/memory.ts';
import type { RunningTarget, StartOptions } from '../targets/platform.ts';
import { parsePortBase } from '../targets/port-base.ts';
import { checkPorts } from '../targets/ports.ts';
import { startTarget } from '../targets/process-platform.ts';
import { withQueue } from '../targets/queue.ts';
import { baseUrl, shapesAt, type Target, targetsAt } from '../targets/targets.ts';
import { buildApart } from './lib/build-apart.ts';
import { couplingFrom } from './lib/coupling-flag.ts';
import { type Given, helpOf, readFlags } from './lib/flags.ts';
import { interruptedExitCode, interruption } from './lib/interruption.ts';
import { during } from './lib/progress.ts';

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
  const components = targets.flatMap((target) => target.components);
  const portBase = portBaseOf(given);
  const page = { name: 'the console', port: portBase + consoleOffset };
  await checkPorts([...components, page]);
  if (!(await buildApart(zipsOf(targets), stopAsked))) return interruptedExitCode;
  const shapes = await during(
    `Starting ${processes(components.length)}`,
    () => startAll(targets, { coupling, fresh: given.on('fresh') }, page.port),
    () => `Started ${processes(components.length)}`,
  );
  const door = await doorOf(shapes, page.port, portBase);
  if (!stopAsked.yet()) {
    console.log(startScreen(screenOf(shapes, door.url)));
    const endStatus = showStatus(shapes);
    await stopAsked.promise;
    endStatus();
  }
  await during(
    'Stopping',
    () => door.close().finally(() => stopAll(shapes)),
    () => 'Stopped; nothing is left running.',
  );
  return 0;
}

/** The console is at 8080, where the first port is 3000. */
const consoleOffset = 5080;

/** @throws CannotStart when the port was taken meanwhile; nothing is left running then */
async function doorOf(shapes: readonly RunningTarget[], port: number, portBase: number) {
  try {
    return await openDoor(shapes, { ...keysNow(), port, portBase });
  } catch (error) {
    await stopAll(shapes);
    const { message } = error as Error;
    throw new CannotStart(`The console cannot listen at port ${port}: ${message}.`);
  }
}

const processes = (count: number) => `${count} ${count === 1 ? 'process' : 'processes'}`;

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

/** All or none: when one cannot start, the others are stopped before it is said. */
async function startAll(
  targets: readonly Target[],
  wishes: Pick<StartOptions, 'fresh' | 'coupling'>,
  consolePort: number,
): Promise<RunningTarget[]> {
  const own: { CORS_ORIGINS?: string } = ownSettings();
  // The storefront comes from the console or from a shape, and calls every shape.
  const pages = [`http://127.0.0.1:${consolePort}`, ...targets.map(originOf)];
  const CORS_ORIGINS = [own.CORS_ORIGINS ?? [], pages].flat().join();
  const env = { LAB_CHAOS: 'on', ...own, CORS_ORIGINS };
  const options = { ...wishes, logLevel: 'info', env, built: true };
  const starts = await Promise.allSettled(targets.map((target) => startTarget(target, options)));
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed === undefined) return running;
  await stopAll(running);
  throw failed.reason;
}

const originOf = (target: Target) => new URL(baseUrl(target)).origin;

async function stopAll(shapes: readonly RunningTarget[]): Promise<void> {
  await Promise.all(shapes.map((shape) => shape.stop()));
}

type OwnKeys = Partial<Record<'CUSTOMER_KEYS' | 'INSTRUCTOR_KEY' | 'CALLBACK_SECRET', string>>;

/** The first of each, or those of the demonstration. */
function keysNow() {
  const keys: OwnKeys = ownSettings();
  return {
    customerKey: keys.CUSTOMER_KEYS?.split(',')[0] ?? DEMO_CUSTOMER_KEY,
    instructorKey: keys.INSTRUCTOR_KEY ?? DEMO_INSTRUCTOR_KEY,
    callbackSecret: keys.CALLBACK_SECRET ?? DEMO_CALLBACK_SECRET,
    demoKeys: keys.CUSTOMER_KEYS === undefined || keys.INSTRUCTOR_KEY === undefined,
  };
}

function screenOf(shapes: readonly RunningTarget[], consoleUrl: string) {
  const pids = shapes.flatMap(({ components }) => allPidsOf(components));
  const installedMs = performance.getEntriesByName('installed')[0]?.startTime ?? 0;
  return {
    shapes,
    readyMs: performance.now() - installedMs,
    ...memoryOf([process.pid, ...pids]),
    ...keysNow(),
    consoleUrl,
    logFolder: relative(process.cwd(), labFolders(repoRoot).logs),
  };
}

const callbacks = ['CALLBACK_ALLOW', 'CALLBACK_SECRET'];
const queues = [
  'AWS_ENDPOINT_URL_SQS',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'NOTIFICATIONS_QUEUE_URL',
  'REPORTS_QUEUE_URL',
  'PAYMENTS_QUEUE_URL',
];
const passedOn = ['CUSTOMER_KEYS', 'INSTRUCTOR_KEY', 'CORS_ORIGINS', ...callbacks];

/** Keys, pages, callbacks and queues of whoever starts the lab; nothing else of theirs reaches the shop. */
function ownSettings(): Record<string, string> {
  return Object.fromEntries(
    [...passedOn, ...(process.env.AWS_ENDPOINT_URL_SQS ? queues : [])].flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}
