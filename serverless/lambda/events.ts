// lambda/events.ts: what the service tells those who watch it: lines, costs, processes, refusals.
// Emitted by logs.ts, invocation.ts, pool.ts and invoke.ts; read by the owner through `onEvent`.
import type { EnvironmentView } from './environment.ts';
import type { ThrottleReason } from './errors.ts';
import type { FailureRecord } from './failure-record.ts';
import type { Report } from './report-line.ts';

export type LambdaEvent =
  /** One line of a function's log, without its end. */
  | { readonly kind: 'line'; readonly functionName: string; readonly line: string }
  /** The figures of a REPORT line. */
  | { readonly kind: 'report'; readonly functionName: string; readonly report: Report }
  /** An environment began, changed its state, was frozen or ended. */
  | { readonly kind: 'environment'; readonly environment: EnvironmentView }
  | { readonly kind: 'throttle'; readonly functionName: string; readonly reason: ThrottleReason }
  /** An asynchronous event was given up; `onFailure` of its function gets the same record. */
  | { readonly kind: 'discard'; readonly functionName: string; readonly record: FailureRecord }
  /** The callback `onFailure` threw: the record is lost. */
  | { readonly kind: 'delivery-failure'; readonly functionName: string; readonly error: unknown };

export type Emit = (event: LambdaEvent) => void;

export interface Watchers {
  readonly emit: Emit;
  /** @returns what ends the watching */
  add(listener: Emit): () => void;
}

/** A listener is called at once; what it throws reaches whoever emits, so it must not. */
export function createWatchers(): Watchers {
  const listeners = new Set<Emit>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    add(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
