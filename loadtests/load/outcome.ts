// load/outcome.ts: the eight things that can become of one request, and which of them it was.
// Called by the attacker once a request; everything that counts requests uses these words.
import type { Shot } from '../scenarios/shot.ts';

/** `dropped` is the generator's own doing (its bound on requests in flight), never the target's. */
export const outcomes = [
  'ok',
  'slow',
  'degraded',
  'wrong',
  'error',
  'refused',
  'hung',
  'dropped',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What came back, whole. `text` is the undecoded body; `degraded` the x-degraded header. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly degraded: string | undefined;
}

/** `reason` comes from a small fixed set (codes, never messages), so that it can be counted. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly status: number;
  readonly reason?: string;
  readonly orderId?: string;
}

/**
 * Judges an answer; a good one is learnt from, so this is called once a request.
 * A declared fallback counts as degraded whatever its body says; a broken body is never just slow.
 * @param latencyMs from the intended send time
 * @param sloMs above it a good answer is slow
 */
export function judge(shot: Shot, answer: Answer, latencyMs: number, sloMs: number): Verdict {
  const { status } = answer;
  if (answer.degraded !== undefined && status < 400) {
    return { outcome: 'degraded', status, reason: answer.degraded.slice(0, 40) };
  }
  const body = parsed(answer.text);
  if (body === undefined) return rejected(status, 'not-json');
  const finding = shot.check(status, body);
  if (finding !== 'ok') return rejected(status, finding);
  const orderId = shot.learn?.(body);
  const outcome = latencyMs > sloMs ? 'slow' : 'ok';
  return orderId === undefined ? { outcome, status } : { outcome, status, orderId };
}

/**
 * Judges a request that got no whole answer.
 * @param error what the HTTP client gave; refusals, resets and DNS failures are all `refused`
 */
export function judgeFailure(error: unknown): Verdict {
  const code = codeOf(error);
  const reason = connectionReasons[code];
  if (reason === undefined) return { outcome: 'error', status: 0, reason: code };
  return { outcome: 'refused', status: 0, reason };
}

const connectionReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
};

function rejected(status: number, reason: string): Verdict {
  return { outcome: status >= 400 ? 'error' : 'wrong', status, reason };
}

// JSON has no undefined, so it can stand for "not JSON".
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}
