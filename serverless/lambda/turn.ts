// lambda/turn.ts: the time from work handed to a runtime until it asks for more, and its limit.
// Begun by environment.ts for the init and for every invocation.
import type { Ending } from './ending.ts';

export interface Turn {
  /** Undefined for the init. */
  readonly requestId: string | undefined;
  /** What the runtime has answered so far; it counts once the runtime asks for more. */
  answer: Ending | undefined;
  readonly ended: Promise<Ending>;
  /** The first call ends the turn; later ones do nothing. */
  end(ending: Ending): void;
}

/** Ends by itself with a timeout after `limitMs`. */
export function beginTurn(requestId: string | undefined, limitMs: number): Turn {
  let resolve: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((settle) => {
    resolve = settle;
  });
  const end = (ending: Ending) => {
    clearTimeout(timer);
    resolve(ending);
  };
  const timer = setTimeout(() => end({ kind: 'timeout' }), limitMs);
  return { requestId, answer: undefined, ended, end };
}
