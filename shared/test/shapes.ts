// test/shapes.ts: starts a shape from its real zips, freshly seeded, as a subject of tests.
// Called by contract.test.ts, differential.test.ts, chaos.test.ts and shapes-on-postgres.test.ts.
import type { RunningTarget } from '../../loadtests/targets/platform.ts';
import { checkPorts } from '../../loadtests/targets/ports.ts';
import { startTarget } from '../../loadtests/targets/process-platform.ts';
import { targetsAt } from '../../loadtests/targets/targets.ts';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { howIn } from './differences.ts';
import { atOnce, eventually, type Subject } from './subject.ts';

export type ShapeName = keyof ReturnType<typeof targetsAt>;
export const shapeNames = ['monolith', 'microservices'] as const satisfies readonly ShapeName[];

/** A shape under test: a subject whose processes belong to the test. */
export interface Shape extends Subject {
  readonly name: ShapeName;
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
 */
export async function shapesAt(
  portBase: number,
  env: Record<string, string> = {},
): Promise<Record<ShapeName, Shape>> {
  const targets = await freeTargets(portBase);
  const shape = (name: ShapeName) => createShape(targets[name], name, env);
  return { monolith: shape('monolith'), microservices: shape('microservices') };
}

async function freeTargets(portBase: number): Promise<ReturnType<typeof targetsAt>> {
  for (let base = portBase; base < portBase + TRIES * STEP; base += STEP) {
    const targets = targetsAt(base);
    const components = Object.values(targets).flatMap((target) => target.components);
    const free = await checkPorts(components).then(
      () => true,
      () => false,
    );
    if (free) return targets;
  }
  throw new Error(`No free ports from ${portBase} on.`);
}

function createShape(
  target: ReturnType<typeof targetsAt>[ShapeName],
  name: ShapeName,
  extra: Record<string, string>,
): Shape {
  const env = { RATE_LIMIT_RPS: '1000000', ...extra };
  let running: RunningTarget | undefined;
  const started = (): RunningTarget => {
    if (running === undefined) throw new Error(`${name} was not started.`);
    return running;
  };
  const settled = howIn({ name }, 'aftermath') === 'at once' ? atOnce : eventually;
  const door = target.components.find((component) => component.name === target.frontDoor);
  return {
    name,
    baseUrl: `http://127.0.0.1:${door?.port}`,
    customerKey: DEMO_CUSTOMER_KEY,
    instructorKey: DEMO_INSTRUCTOR_KEY,
    settled,
    get target() {
      return started();
    },
    async start() {
      running = await startTarget(target, { fresh: true, env });
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
