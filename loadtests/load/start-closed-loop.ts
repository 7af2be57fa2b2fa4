// load/start-closed-loop.ts: starts a process for closed loops and asks it for one after the other.
// Called by experiments; the other end is closed-loop-process.ts.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import type { ClosedLoopPlan, ClosedLoopResult } from './closed-loop.ts';
import type { ClosedLoopMessage } from './closed-loop-process.ts';

export interface ClosedLoop {
  /** One at a time. Rejects for a plan out of bounds, or when the process has died. */
  run(plan: ClosedLoopPlan): Promise<ClosedLoopResult>;
  close(): Promise<void>;
}

/**
 * Resolves when the process is ready.
 * @param launcher words in front of node, such as `['taskset', '-c', '1']`
 * @throws Error when it cannot start
 */
export async function startClosedLoop(launcher: readonly string[] = []): Promise<ClosedLoop> {
  let heard: (message: ClosedLoopMessage) => void = () => {};
  const next = () => new Promise<ClosedLoopMessage>((resolve) => (heard = resolve));
  let ended = false;
  const ready = next();
  const child = startChild(processFile, {
    launcher,
    onMessage: (message) => heard(message as ClosedLoopMessage),
    onExit(how) {
      ended = true;
      heard({ kind: 'failed', message: `the process ended early: ${how}` });
    },
  });
  failureOf(await ready);
  return {
    async run(plan) {
      if (ended) throw new Error('The closed loop has ended.');
      const answer = next();
      child.send(plan);
      const message = failureOf(await answer);
      if (message.kind === 'finished') return message.result;
      throw new Error('The closed loop answered out of turn.');
    },
    async close() {
      if (ended) return;
      const exit = once(child, 'exit');
      child.kill();
      await exit;
    },
  };
}

const processFile = fileURLToPath(new URL('./closed-loop-process.ts', import.meta.url));

function failureOf(message: ClosedLoopMessage): ClosedLoopMessage {
  if (message.kind === 'failed') throw new Error(`The closed loop failed: ${message.message}`);
  return message;
}
