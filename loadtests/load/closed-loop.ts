// load/closed-loop.ts: a closed loop that keeps every latency: each connection asks again when answered.
// Run by closed-loop-process.ts; for service times, and to show what a closed loop does not see.
import { Pool } from 'undici';
import { refuseOtherMachines, within } from './plan.ts';

/** Plain data: it crosses a process boundary. */
export interface ClosedLoopPlan {
  /** On 127.0.0.1, with path and query. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text to POST; left out: GET. */
  readonly body?: string;
  /** Each has one request in flight; 1–500. */
  readonly connections: number;
  /** Ends at whichever is reached first; one of them must be given. */
  readonly requests?: number;
  /** No request leaves after it; those in flight are waited for. */
  readonly durationMs?: number;
}

export interface ClosedLoopResult {
  /** From sending a request to the last byte of its answer, in order of completion. */
  readonly latenciesMs: readonly number[];
  /** Answers other than 2xx and broken connections: not among the latencies. */
  readonly failed: number;
  readonly elapsedMs: number;
}

/** @throws RangeError for a plan out of bounds */
export async function runClosedLoop(plan: ClosedLoopPlan): Promise<ClosedLoopResult> {
  refuseOtherMachines(plan.url);
  const { connections, requests = Infinity, durationMs = Infinity } = plan;
  within('connections', connections, 1, 500);
  if (requests === Infinity) within('durationMs', durationMs, 1, 120_000);
  const ask = asker(plan);
  const latenciesMs: number[] = [];
  const startMs = performance.now();
  let left = requests;
  let failed = 0;
  const customer = async () => {
    while (left > 0 && performance.now() - startMs < durationMs) {
      left -= 1;
      const sentMs = performance.now();
      if (await ask.once()) latenciesMs.push(performance.now() - sentMs);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, customer));
  const elapsedMs = performance.now() - startMs;
  await ask.close();
  return { latenciesMs, failed, elapsedMs };
}

function asker({ url, headers = {}, body, connections }: ClosedLoopPlan) {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const request = {
    path: pathname + search,
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body ?? null,
  } as const;
  return {
    /** @returns whether it was answered well */
    async once(): Promise<boolean> {
      try {
        const answer = await pool.request(request);
        await answer.body.text();
        return answer.statusCode >= 200 && answer.statusCode < 300;
      } catch {
        return false;
      }
    },
    close: () => pool.close(),
  };
}
