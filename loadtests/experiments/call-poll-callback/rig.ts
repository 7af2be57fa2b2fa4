// call-poll-callback/rig.ts: the job server as a process of its own, the receiver, and three ways to ask.
// Started by experiments/call-poll-callback.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startReference } from '../../bench/reference-servers.ts';
import type { Lab } from '../../lab/experiment.ts';
import { POLL_MS } from './law.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** What became of one job, on the clock of performance.now(). */
export interface Job {
  readonly ms: number;
  /** When it was to be asked for, from which its customer waits; and when it was. */
  readonly meantAtMs: number;
  readonly askedAtMs: number;
  /** When the customer had the result; undefined where a callback brings it. */
  readonly knownAtMs: number | undefined;
  /** By which a callback names it. */
  readonly id: string | undefined;
  readonly requests: number;
}

export interface Jobs {
  readonly receiver: Receiver;
  /** Each of the three ways; `meantAtMs` is on the clock of performance.now(). */
  sync(ms: number, meantAtMs: number): Promise<Job>;
  poll(ms: number, meantAtMs: number): Promise<Job>;
  callback(ms: number, meantAtMs: number): Promise<Job>;
  /** Through the API Gateway whose limit is scaled. @returns the status of its answer */
  throughGateway(ms: number): Promise<number>;
  /**
   * For how long customers' requests were open so far, all together, and when that was; ms on the
   * server's clock.
   */
  open(): Promise<{ readonly openMs: number; readonly atMs: number }>;
  /** Callbacks that are not delivered yet. */
  pending(): Promise<number>;
}

/** @throws CannotStart */
export async function startJobs({
  defer,
  pinning,
  signal,
}: Pick<Lab, 'defer' | 'pinning' | 'signal'>): Promise<Jobs> {
  const server = await startReference('job-server', {}, pinning.serverCore);
  defer(server.stop);
  const receiver = await startReceiver();
  defer(receiver.close);
  const pool = new Pool(server.url, { connections: 128 });
  defer(() => pool.destroy());
  const told = await ask(pool, 'GET', '/served', 200);
  const gatewayUrl = new URL(String(told.json.gatewayUrl));
  const gateway = new Pool(gatewayUrl.origin, { connections: 32 });
  defer(() => gateway.destroy());
  return {
    receiver,
    async sync(ms, meantAtMs) {
      const { askedAtMs, endedAtMs } = await ask(pool, 'POST', `/sync?ms=${ms}`, 200);
      return { ms, meantAtMs, askedAtMs, knownAtMs: endedAtMs, id: undefined, requests: 1 };
    },
    poll: async (ms, meantAtMs) => ({ ...(await pollUntilDone(pool, ms, signal)), meantAtMs }),
    async callback(ms, meantAtMs) {
      const path = `/callback?ms=${ms}&url=${encodeURIComponent(receiver.url)}`;
      const { askedAtMs, location } = await ask(pool, 'POST', path, 202);
      const id = location.replace('/jobs/', '');
      return { ms, meantAtMs, askedAtMs, knownAtMs: undefined, id, requests: 1 };
    },
    async throughGateway(ms) {
      return (await ask(gateway, 'POST', `${gatewayUrl.pathname}?ms=${ms}`, 200, 504)).status;
    },
    async open() {
      const { openMs, atMs } = (await ask(pool, 'GET', '/open', 200)).json;
      return { openMs: Number(openMs), atMs: Number(atMs) };
    },
    pending: async () => Number((await ask(pool, 'GET', '/pending', 200)).json.pending),
  };
}

/** Far more than the longest job takes. */
const MOST_POLLS = 100;

async function pollUntilDone(
  pool: Pool,
  ms: number,
  signal: AbortSignal,
): Promise<Omit<Job, 'meantAtMs'>> {
  const first = await ask(pool, 'POST', `/later?ms=${ms}`, 202);
  for (let polls = 1; polls <= MOST_POLLS; polls += 1) {
    const nextAtMs = first.endedAtMs + polls * POLL_MS;
    await sleep(Math.max(0, nextAtMs - performance.now()), undefined, { signal });
    const answer = await ask(pool, 'GET', first.location, 200);
    if (answer.json.state !== 'done') continue;
    const { askedAtMs } = first;
    const knownAtMs = answer.endedAtMs;
    return { ms, askedAtMs, knownAtMs, id: undefined, requests: 1 + polls };
  }
  throw new Error(`${first.location} was not done after ${MOST_POLLS} polls.`);
}

/** @throws Error on any other status than those wanted */
async function ask(
  pool: Pool,
  method: 'GET' | 'POST',
  path: string,
  ...wanted: readonly [number, ...number[]]
) {
  const askedAtMs = performance.now();
  const { statusCode: status, headers, body } = await pool.request({ path, method });
  const text = await body.text();
  const endedAtMs = performance.now();
  if (!wanted.includes(status)) throw new Error(`${method} ${path} was answered ${status}.`);
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status, askedAtMs, endedAtMs, location: String(headers.location), json };
}
