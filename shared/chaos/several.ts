// chaos/several.ts: one component in several processes: who is told of a fault, what they say together.
// Used by the gateway for the replicas of a service and by the monolith's workers.
import type { FaultState } from '../contract/chaos.ts';
import type { ControlRequest } from './controls.ts';

/** These end or block the process that meets them: one bug, met once, does so to one process. */
const fatalKinds: readonly string[] = ['crash', 'rejection', 'leak', 'hang'];

/** Whether only one of the processes is to be told; all other requests are for all of them. */
export function isForOne({ method, body }: Pick<ControlRequest, 'method' | 'body'>): boolean {
  const { kind } = (body ?? {}) as { kind?: unknown };
  return method === 'PUT' && fatalKinds.includes(kind as string);
}

/** The first fault that any of them has, and the hits of all. @param states at least one */
export function together(states: readonly FaultState[]): FaultState {
  const shown = states.find(({ fault }) => fault !== null) ?? (states[0] as FaultState);
  return { ...shown, hits: states.reduce((sum, { hits }) => sum + hits, 0) };
}
