// test/shapes.ts: starts a shape from its real zips, freshly seeded, as a subject of tests.
// Called by contract.test.ts, differential.test.ts, chaos*.test.ts and shapes-on-postgres.test.ts.
import { controlTargetsAt } from '../../loadtests/targets/control-targets.ts';
import type { RunningTarget } from '../../loadtests/targets/platform.ts';
import { checkPorts } from '../../loadtests/targets/ports.ts';
import { startTarget } from '../../loadtests/targets/process-platform.ts';
import { withQueue } from '../../loadtests/targets/queue.ts';
import { baseUrl, type Target, targetsAt } from '../../loadtests/targets/targets.ts';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { howIn } from './differences.ts';
import { atOnce, eventually, type Subject } from './subject.ts';

export const shapeNames = ['monolith', 'microservices'] as const;
/** Functions are a subject of their own: cloud-shape.ts. */
export type ShapeName = (typeof shapeNames)[number];

/** The control arms: each shape on the framework of the other. */
export type ControlName = keyof ReturnType<typeof controlTargetsAt>;
export const controlNames = [
  'monolith-on-fastify',
  'services-on-express',
] as const satisfies readonly ControlName[];

/** A shape under test: a subject whose processes belong to the test. */
export interface Shape extends Subject {
  readonly name: ShapeName | ControlName;
  /** @throws Error before `start` */
  readonly target: RunningTarget;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Neighbouring bases must not meet: the services' ports are up to 1006 above. */
const STEP = 10;
const TRIES = 30;
const NARROW_RPS = 5;

/**
 * Both shapes on free ports, not started yet.
 * @param portBase where to look first; each test file has its own
 * @param env extra environment of every process
 * @param nodeFlags of every process, such as `--max-old-space-size=96`
 */
export function shapesAt(
  portBase: number,
  env: Record<string, string> = {},
  nodeFlags: readonly string[] = [],
): Promise<Record<ShapeName, Shape>> {
  const shapes = ({ monolith, microservices }: ReturnType<typeof targetsAt>) => ({
    monolith,
    microservices,
  });
  return shapesOf((base) => shapes(targetsAt(base)), portBase, { env, nodeFlags });
}

/** The same for both control arms; they may share a base with the shapes. */
export function controlsAt(portBase: number): Promise<Record<ControlName, Shape>> {
  return shapesOf(controlTargetsAt, portBase, { env: {}, nodeFlags: [] });
}

/** The services alone, on ports that are free with that of their queue. */
export async function freeMicroservices(portBase: number): Promise<Target> {
  const only = (base: number) => ({
    microservices: withQueue(targetsAt(base).microservices, { coupling: 'queue' }),
  });
  return (await freeTargets(only, portBase)).microservices;
}

type Targets<Name extends string> = (portBase: number) => Record<Name, Target>;

async function shapesOf<Name extends Shape['name']>(
  targetsAt: Targets<Name>,
  portBase: number,
  extra: Extra,
): Promise<Record<Name, Shape>> {
  const targets = Object.entries(await freeTargets(targetsAt, portBase)) as [Name, Target][];
  const shapes = targets.map(([name, target]) => [name, createShape(target, name, extra)]);
  return Object.fromEntries(shapes) as Record<Name, Shape>;
}

async function freeTargets<Name extends string>(
  targetsAt: Targets<Name>,
  portBase: number,
): Promise<Record<Name, Target>> {
  for (let base = portBase; base < portBase + TRIES * STEP; base += STEP) {
    const targets = targetsAt(base);
    const components = Object.values<Target>(targets).flatMap((target) => target.components);
    const free = await checkPorts(components).then(
      () => true,
      () => false,
    );
    if (free) return targets;
  }
  throw new Error(`No free ports from ${portBase} on.`);
}

/** What a test wants of every process of a shape. */
interface Extra {
  readonly env: Record<string, string>;
  readonly nodeFlags: readonly string[];
}

function createShape(target: Target, name: Shape['name'], { env: extra, nodeFlags }: Extra): Shape {
  const env = { RATE_LIMIT_RPS: '1000000', ...extra };
  let running: RunningTarget | undefined;
  const started = (): RunningTarget => {
    if (running === undefined) throw new Error(`${name} was not started.`);
    return running;
  };
  const settled = howIn({ name }, 'aftermath') === 'at once' ? atOnce : eventually;
  return {
    name,
    baseUrl: baseUrl(target),
    customerKey: DEMO_CUSTOMER_KEY,
    instructorKey: DEMO_INSTRUCTOR_KEY,
    settled,
    get target() {
      return started();
    },
    async start() {
      running = await startTarget(target, { fresh: true, env, nodeFlags });
    },
    async stop() {
      await running?.stop();
    },
    async narrowDoor() {
      const narrow = { RATE_LIMIT_RPS: String(NARROW_RPS) };
      await started().restartComponent(target.frontDoor, { env: narrow });
      return NARROW_RPS;
    },
  };
}
