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
  readonly askedAtMs: number;
  /** When the customer had the result; undefined where a callback brings it. */
  readonly knownAtMs: number | undefined;
  /** By which a callback names it. */
  readonly id: string | undefined;
  readonly requests: number;
  /** For how long requests of the customer were open, ms. */
  readonly heldMs: number;
}

export interface Jobs {
  readonly receiver: Receiver;
  sync(ms: number): Promise<Job>;
  poll(ms: number): Promise<Job>;
  callback(ms: number): Promise<Job>;
  /** Through the API Gateway whose limit is scaled. @returns the status of its answer */
  throughGateway(ms: number): Promise<number>;
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
  const told = await ask(pool, 'GET', '/served');
  const gatewayUrl = new URL(String(told.json.gatewayUrl));
  const gateway = new Pool(gatewayUrl.origin, { connections: 32 });
  defer(() => gateway.destroy());
  return {
    receiver,
    async sync(ms) {
      const { askedAtMs, endedAtMs } = await ask(pool, 'POST', `/sync?ms=${ms}`);
      const heldMs = endedAtMs - askedAtMs;
      return { ms, askedAtMs, knownAtMs: endedAtMs, id: undefined, requests: 1, heldMs };
    },
    poll: (ms) => pollUntilDone(pool, ms, signal),
    async callback(ms) {
      const path = `/callback?ms=${ms}&url=${encodeURIComponent(receiver.url)}`;
      const { askedAtMs, endedAtMs, location } = await ask(pool, 'POST', path);
      const id = location.replace('/jobs/', '');
      const heldMs = endedAtMs - askedAtMs;
      return { ms, askedAtMs, knownAtMs: undefined, id, requests: 1, heldMs };
    },
    async throughGateway(ms) {
      return (await ask(gateway, 'POST', `${gatewayUrl.pathname}?ms=${ms}`)).status;
    },
    pending: async () => Number((await ask(pool, 'GET', '/pending')).json.pending),
  };
}

async function pollUntilDone(pool: Pool, ms: number, signal: AbortSignal): Promise<Job> {
  const first = await ask(pool, 'POST', `/later?ms=${ms}`);
  let heldMs = first.endedAtMs - first.askedAtMs;
  for (let polls = 1; ; polls += 1) {
    const nextAtMs = first.endedAtMs + polls * POLL_MS;
    await sleep(Math.max(0, nextAtMs - performance.now()), undefined, { signal });
    const answer = await ask(pool, 'GET', first.location);
    heldMs += answer.endedAtMs - answer.askedAtMs;
    if (answer.json.state !== 'done') continue;
    const { askedAtMs } = first;
    const knownAtMs = answer.endedAtMs;
    return { ms, askedAtMs, knownAtMs, id: undefined, requests: 1 + polls, heldMs };
  }
}

async function ask(pool: Pool, method: 'GET' | 'POST', path: string) {
  const askedAtMs = performance.now();
  const { statusCode: status, headers, body } = await pool.request({ path, method });
  const text = await body.text();
  const endedAtMs = performance.now();
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status, askedAtMs, endedAtMs, location: String(headers.location), json };
}
