// load/start-capacity.ts: measures capacity from a process of its own.
// Called by bench; the other end is capacity-process.ts.
import { fileURLToPath } from 'node:url';
import type { Capacity, CapacityPlan } from './capacity.ts';
import type { CapacityMessage } from './capacity-process.ts';
import { startChild } from './child.ts';

export interface CapacityHooks {
  /** The generator is up and begins now: the moment to read the target's CPU time. */
  readonly onStart?: () => void;
  /** Words in front of node, such as `['taskset', '-c', '1']`. */
  readonly launcher?: readonly string[];
}

/** @throws Error when the generator could not run, or died */
export function startCapacity(plan: CapacityPlan, hooks: CapacityHooks = {}): Promise<Capacity> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The capacity generator ended early: ${why}`));
    const child = startChild(processFile, {
      launcher: hooks.launcher ?? [],
      onExit: fail,
      onMessage(raw) {
        const message = raw as CapacityMessage;
        if (message.kind === 'failed') fail(message.message);
        if (message.kind === 'finished') resolve(message.capacity);
        if (message.kind !== 'ready') return;
        hooks.onStart?.();
        child.send(plan);
      },
    });
  });
}

const processFile = fileURLToPath(new URL('./capacity-process.ts', import.meta.url));
