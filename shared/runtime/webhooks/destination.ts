// webhooks/destination.ts: where a callback’s URL leads, if it may be called at all. Opens no connection.
// Called by send.ts before each attempt, and by whoever takes a URL from a customer.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AllowedAddress } from './policy.ts';

/** All addresses of a host, as texts. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolveBySystem: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** That URL is never called. The message may be shown: it does not tell what a name resolves to. */
export class RefusedUrl extends Error {}

export const MAX_URL_LENGTH = 2000;

/** @throws RefusedUrl for what is not a http or https URL without credentials */
export function readUrl(text: string): URL {
  if (text.length > MAX_URL_LENGTH) throw new RefusedUrl(`has over ${MAX_URL_LENGTH} characters`);
  if (!URL.canParse(text)) throw new RefusedUrl('is not a URL');
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol)) throw new RefusedUrl('is not http or https');
  if (url.username !== '' || url.password !== '') throw new RefusedUrl('holds credentials');
  return url;
}

/**
 * One allowed address is not enough: which of them a system takes nobody can say.
 * @returns the addresses of the host, at least one, each of them allowed
 * @throws RefusedUrl when one is not; whatever the resolver throws; the signal's reason
 */
export async function checkedAddresses(
  { hostname }: URL,
  allowed: AllowedAddress,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<readonly [string, ...string[]]> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const [first, ...others] = isIP(host) === 0 ? await beforeAbort(signal, resolve(host)) : [host];
  if (first === undefined) throw new Error(`${host} has no address`);
  if (![first, ...others].every(allowed)) throw new RefusedUrl('leads to a forbidden address');
  return [first, ...others];
}

/** A name server that says nothing must not hold up anybody for longer than that. */
async function beforeAbort<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = withReject();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, late]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function withReject() {
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
