// chaos/controls.ts: the /chaos API, without a framework. Mounted by every process.
// The instructor's key opens it; without LAB_CHAOS=on there is nothing behind it.
import { ComponentPath, Fault, type FaultState, type FaultStates } from '../contract/chaos.ts';
import { partValidator } from '../contract/validate.ts';
import { problem } from '../domain/problems.ts';
import { admitInstructor } from '../runtime/front-door.ts';
import type { Switchboard } from './switchboard.ts';

export interface ControlRequest {
  method: string;
  /** Undefined for /chaos itself: all components. */
  component: string | undefined;
  body: unknown;
  key: string | undefined;
}

export type FaultAnswer = FaultState | FaultStates;
export type Controls = (request: ControlRequest) => FaultAnswer | Promise<FaultAnswer>;

export const controlRoutes = [
  { method: 'GET', path: '/chaos' },
  { method: 'DELETE', path: '/chaos' },
  { method: 'GET', path: '/chaos/:component' },
  { method: 'PUT', path: '/chaos/:component' },
  { method: 'DELETE', path: '/chaos/:component' },
] as const;

const readFault = partValidator(Fault, 'body');
const readPath = partValidator(ComponentPath, 'params');

/** @throws NO_SUCH_ROUTE (404) when faults are off; KEY_MISSING, KEY_NOT_ALLOWED; INVALID_REQUEST */
export function createControls(
  board: Switchboard,
  rules: { on: boolean; instructorKey: string },
): Controls {
  const all = () => ({
    components: board.components.map((name) => board.state(name)),
    unreachable: [],
  });
  return ({ method, component, body, key }) => {
    if (!rules.on) throw problem('noSuchRoute', 'Faults are off: start with LAB_CHAOS=on.');
    admitInstructor(rules.instructorKey, key);
    if (component === undefined) {
      if (method === 'DELETE') board.heal();
      return all();
    }
    checkName(component);
    if (method === 'PUT') return board.set(component, valid(readFault(body ?? null)) as Fault);
    if (method === 'DELETE') board.heal(component);
    return board.state(component);
  };
}

/** @throws INVALID_REQUEST (400) for a name that no component can have */
export function checkName(component: string): void {
  valid(readPath({ component }));
}

function valid(read: ReturnType<typeof readFault>): unknown {
  if ('error' in read) throw read.error;
  return read.value;
}
