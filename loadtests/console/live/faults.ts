// live/faults.ts: breaks the same role in every shape that is asked for, and heals all of it.
// Called by orders.ts; what was set is watched until it is gone and its process is back.
import type { FaultKind, FaultStates } from '@lab/shared/contract/chaos.ts';
import { request } from 'undici';
import { componentFor } from '../../lab/bindings.ts';
import { healAll, switchOn } from '../../lab/fault-switch.ts';
import { type FaultWish, faultOf } from './fault-of.ts';
import type { History } from './history.ts';
import type { LiveShape } from './live-shape.ts';
import type { FaultLive } from './live-state.ts';

export interface FaultOrder extends Omit<FaultWish, 'kind'> {
  readonly kind: FaultKind | 'kill';
  readonly component: string;
  /** Names of shapes. */
  readonly shapes: readonly string[];
  /** Of a drill: the stream does not tell of it. */
  readonly secret?: boolean;
}

export interface Faults {
  /** @returns a sentence for each shape that did not take it */
  strike(order: FaultOrder): Promise<string[]>;
  /** @returns the shapes that did not answer: their faults end by their own clocks */
  healAll(): Promise<string[]>;
  /** Asks which of the faults that were set are still there. */
  look(): Promise<void>;
  list(): FaultLive[];
}

interface Struck extends FaultLive {
  readonly secret: boolean;
  readonly struckAtMs: number;
  shapes: readonly string[];
}

const LOOK_TIMEOUT_MS = 800;
/** By then the supervisor has heard of a death. */
const NOTICED_MS = 300;

export function createFaults(shapes: readonly LiveShape[], key: string, history: History): Faults {
  let struck: readonly Struck[] = [];
  const endIn = (fault: Struck, name: string) => {
    history.end(fault.id, name);
    fault.shapes = fault.shapes.filter((one) => one !== name);
    if (fault.shapes.length === 0) struck = struck.filter((one) => one !== fault);
  };

  return {
    async strike({ kind, component, secret = false, ...order }) {
      const struckAtMs = Date.now();
      const tries = await Promise.allSettled(
        order.shapes.map((name) => strikeOne(shapes, name, { ...order, kind, component }, key)),
      );
      const taken = order.shapes.filter((_, at) => tries[at]?.status === 'fulfilled');
      if (taken.length > 0) {
        const id = history.begin({ kind: 'fault', title: `${kind} in ${component}`, secret });
        for (const name of taken) history.strike(id, name, struckAtMs);
        const healsAtMs = kind === 'kill' ? null : struckAtMs + order.durationMs;
        struck = [
          ...struck,
          { ...{ id, kind, component, shapes: taken }, secret, struckAtMs, healsAtMs },
        ];
      }
      return tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
    },
    async healAll() {
      const healed = await Promise.all(shapes.map(({ baseUrl }) => healAll(baseUrl, key)));
      return shapes.filter((_, at) => !healed[at]).map(({ target }) => target.name);
    },
    async look() {
      const open = struck.filter(({ struckAtMs }) => Date.now() > struckAtMs + NOTICED_MS);
      const names = new Set(open.flatMap((fault) => fault.shapes));
      await Promise.all(
        [...names].map(async (name) => {
          const running = shapeNamed(shapes, name);
          const states = await statesOf(running, key);
          for (const fault of open)
            if (fault.shapes.includes(name) && !goesOn(fault, running, states)) endIn(fault, name);
        }),
      );
    },
    list: () =>
      struck
        .filter(({ secret }) => !secret)
        .map(({ secret: _, struckAtMs: __, ...fault }) => fault),
  };
}

function shapeNamed(shapes: readonly LiveShape[], name: string): LiveShape {
  const found = shapes.find(({ target }) => target.name === name);
  if (found === undefined) throw new Error(`There is no shape "${name}".`);
  return found;
}

async function strikeOne(
  shapes: readonly LiveShape[],
  name: string,
  order: FaultOrder,
  key: string,
): Promise<void> {
  const { kind, component } = order;
  const running = shapeNamed(shapes, name);
  if (kind === 'kill') return kill(running, component);
  await switchOn(running.baseUrl, component, faultOf({ ...order, kind }), key).catch(
    (error: Error) => {
      throw new Error(`${running.target.name}: ${error.message}`);
    },
  );
}

function kill(running: LiveShape, role: string): void {
  const component = componentFor(running.target, role);
  if (component === undefined || !running.target.components.includes(component))
    throw new Error(`${running.target.name}: ${role} has no process of ours; crash it instead.`);
  running.kill(component.name);
}

/** @returns undefined where nobody answers: dead or hung, and what it suffers from is not known */
async function statesOf(running: LiveShape, key: string): Promise<FaultStates | undefined> {
  try {
    const signal = AbortSignal.timeout(LOOK_TIMEOUT_MS);
    const headers = { 'x-api-key': key };
    const { body } = await request(`${running.baseUrl}/chaos`, { headers, reset: true, signal });
    return (await body.json()) as FaultStates;
  } catch {
    return undefined;
  }
}

/** Until its process is back and the fault is gone; one whose time is over is gone, seen or not. */
function goesOn(fault: Struck, running: LiveShape, states: FaultStates | undefined): boolean {
  const owner = componentFor(running.target, fault.component)?.name;
  const status = running.components.find(({ name }) => name === owner);
  if (status !== undefined && status.state !== 'ready') return true;
  if (fault.healsAtMs === null || Date.now() >= fault.healsAtMs) return false;
  if (states === undefined || states.unreachable.includes(fault.component)) return true;
  const state = states.components.find(({ component }) => component === fault.component);
  return state?.fault?.kind === fault.kind;
}
