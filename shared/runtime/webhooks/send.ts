// webhooks/send.ts: one attempt to deliver one callback, to exactly the address that was checked.
// Called by rounds.ts, which decides about another attempt.
import { buildConnector, Client } from '../undici.ts';
import { checkedAddresses, RefusedUrl, type Resolve, readUrl } from './destination.ts';
import type { AllowedAddress } from './policy.ts';
import { sign } from './signature.ts';

export interface Callback {
  readonly id: string;
  readonly url: string;
  /** JSON. */
  readonly body: string;
}

export type Outcome =
  | { readonly kind: 'delivered' }
  /** Nobody answered, or not with 2xx: worth another attempt. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** No socket was opened, and none ever will be. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface SendOptions {
  readonly allowed: AllowedAddress;
  readonly resolve: Resolve;
  /** `whsec_…` */
  readonly secret: string;
  readonly now: () => Date;
  /** For the whole attempt, the resolver included. */
  readonly timeoutMs: number;
  /** Opens the socket; for tests. */
  readonly connector?: buildConnector.connector;
}

export type Send = (callback: Callback, attempt: number) => Promise<Outcome>;

/** @returns a function that never throws; `attempt` counts from 0 and picks among several addresses */
export function createSend(options: SendOptions): Send {
  const { allowed, resolve, timeoutMs } = options;
  return async (callback, attempt) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const url = readUrl(callback.url);
      const addresses = await checkedAddresses(url, allowed, resolve, signal);
      const address = addresses[attempt % addresses.length] ?? addresses[0];
      const status = await post(url, address, callback, options, signal);
      if (status >= 200 && status < 300) return { kind: 'delivered' };
      return { kind: 'failed', reason: `answered ${status}` };
    } catch (error) {
      const kind = error instanceof RefusedUrl ? 'refused' : 'failed';
      return { kind, reason: (error as Error).message };
    }
  };
}

/**
 * The name is not resolved again: a resolver that changes its answer (DNS rebinding) changes nothing.
 * TLS still asks for the certificate of the name. A redirect is an answer like any other.
 * @returns the status; of the body no more is fetched than came with it
 */
async function post(
  url: URL,
  address: string,
  { id, body }: Callback,
  { secret, now, timeoutMs, connector = buildConnector({ timeout: timeoutMs }) }: SendOptions,
  signal: AbortSignal,
): Promise<number> {
  const client = new Client(url.origin, {
    connect: (where, done) => connector({ ...where, hostname: address }, done),
  });
  try {
    const answer = await client.request({
      method: 'POST',
      path: url.pathname + url.search,
      headers: { 'content-type': 'application/json', ...sign(id, body, secret, now()) },
      body,
      highWaterMark: MOST_BYTES_READ,
      signal,
    });
    answer.body.on('error', () => {});
    return answer.statusCode;
  } finally {
    await client.destroy();
  }
}

/** Of an answer’s body, before the connection is cut. */
const MOST_BYTES_READ = 1024;
