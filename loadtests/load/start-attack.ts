// load/start-attack.ts: starts the generator in a process of its own and listens to it.
// Called by the experiments and the console; the other end is attack-process.ts.
import { fileURLToPath } from 'node:url';
import type { AttackMessage, AttackOrder } from './attack-process.ts';
import { startChild } from './child.ts';
import { type AttackPlan, completePlan } from './plan.ts';
import type { LiveSecond } from './run-attack.ts';
import type { AttackSummary } from './summary.ts';

export interface Attack {
  /** Of the generator, to watch its CPU or to pin it. */
  readonly pid: number | undefined;
  /** Epoch ms of time 0. Rejects when the attack could not start. */
  readonly started: Promise<number>;
  /** Called once a second for each second that changed; the last call for a second is final. */
  onSecond(listener: (second: LiveSecond) => void): void;
  /** No request from now on; resolves when those in flight are settled and every row is stored. */
  stop(): Promise<AttackSummary>;
  /** Rejects when the generator could not run, or died. */
  readonly finished: Promise<AttackSummary>;
}

/**
 * Starts an attack; it stops by itself after its duration or with this process.
 * @param launcher words in front of node, such as `['taskset', '-c', '1']`
 * @throws RangeError for a plan out of bounds
 */
export function startAttack(plan: AttackPlan, launcher: readonly string[] = []): Attack {
  const complete = completePlan(plan);
  const listeners: ((second: LiveSecond) => void)[] = [];
  const started = promiseParts<number>();
  const finished = promiseParts<AttackSummary>();
  const fail = (why: string) => {
    const error = new Error(`The load generator ended early: ${why}`);
    started.reject(error);
    finished.reject(error);
  };
  const child = startChild(processFile, {
    launcher,
    onExit: fail,
    onMessage(raw) {
      const message = raw as AttackMessage;
      if (message.kind === 'ready') send({ kind: 'start', plan: complete });
      if (message.kind === 'started') started.resolve(message.startedAtMs);
      if (message.kind === 'second') for (const listener of listeners) listener(message.second);
      if (message.kind === 'finished') finished.resolve(message.summary);
      if (message.kind === 'failed') fail(message.message);
    },
  });
  // A generator that has just ended can no longer be told anything; its exit says the rest.
  const send = (order: AttackOrder) => void (child.connected && child.send(order, () => {}));
  return {
    pid: child.pid,
    started: started.promise,
    finished: finished.promise,
    onSecond: (listener) => void listeners.push(listener),
    stop() {
      // Only after the start: a stop that overtakes it would end the process without a summary.
      started.promise.then(
        () => send({ kind: 'stop' }),
        () => {},
      );
      return finished.promise;
    },
  };
}

const processFile = fileURLToPath(new URL('./attack-process.ts', import.meta.url));

interface PromiseParts<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

// Promise.withResolvers came with Node 22.
function promiseParts<Value>(): PromiseParts<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits for the other promise hears of the failure there; this one must not crash us.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
