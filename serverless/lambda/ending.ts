// lambda/ending.ts: the ways in which an init or an invocation ends, and what the caller is told of each.
// Made by environment.ts, explained for invocation.ts and cold-start.ts.
import type { Exit } from './sandbox.ts';

export type Ending =
  /** The init is over, the runtime waits for its first invocation. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'response'; readonly payload: Buffer }
  /** The runtime reported an error, most often one that the handler threw. */
  | { readonly kind: 'error'; readonly payload: Buffer; readonly errorType: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'exit'; readonly exit: Exit; readonly outOfMemory: boolean };

/** What AWS answers and logs for an invocation that did not succeed. */
export interface FunctionError {
  readonly errorType: string;
  /** JSON with `errorType`, `errorMessage` and, of a thrown error, `trace`. */
  readonly payload: Buffer;
  /** Beside what the function itself printed. */
  readonly logLines: readonly string[];
  readonly status: 'failure' | 'timeout' | 'error';
}

export interface InvocationFacts {
  readonly requestId: string;
  readonly timeoutSeconds: number;
  /** Milliseconds since 1970, for the log. */
  readonly atMs: number;
}

/** @returns undefined when the invocation succeeded */
export function functionErrorOf(ending: Ending, facts: InvocationFacts): FunctionError | undefined {
  switch (ending.kind) {
    case 'ready':
    case 'response':
      return undefined;
    case 'error':
      return { ...ending, logLines: [], status: 'failure' };
    case 'too-large':
      return described('Function.ResponseSizeTooLarge', tooLarge, []);
    case 'timeout':
      return timedOut(facts);
    case 'exit':
      return exited(ending.exit, ending.outOfMemory, facts.requestId);
  }
}

const tooLarge = 'Response payload size exceeded maximum allowed payload size (6291556 bytes).';

function timedOut({ requestId, timeoutSeconds, atMs }: InvocationFacts): FunctionError {
  const reason = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  const line = `${new Date(atMs).toISOString()} ${requestId} ${reason}`;
  const message = `RequestId: ${requestId} Error: ${reason}`;
  return { ...described('Sandbox.Timedout', message, [line]), status: 'timeout' };
}

function exited(exit: Exit, outOfMemory: boolean, requestId: string): FunctionError {
  const errorType = outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
  const message = `RequestId: ${requestId} Error: ${reasonOf(exit)}`;
  return described(errorType, message, [message, errorType]);
}

/** In the words of AWS's sandbox, which is written in Go and names signals as Go does. */
function reasonOf({ code, signal }: Exit): string {
  if (signal !== null) return `Runtime exited with error: signal: ${signalNames[signal] ?? signal}`;
  if (code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${code}`;
}

const signalNames: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

function described(errorType: string, errorMessage: string, logLines: string[]): FunctionError {
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { errorType, payload, logLines, status: 'error' };
}
