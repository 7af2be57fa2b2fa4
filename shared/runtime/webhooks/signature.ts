// webhooks/signature.ts: signs a callback and verifies one, in the form of Standard Webhooks.
// Called by send.ts; `verify` is for receivers. Source: https://www.standardwebhooks.com, version 1.0.0
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedHeaders {
  /** The same at every attempt: what a receiver has had before, it knows by it. */
  'webhook-id': string;
  /** Whole seconds since 1970, of this attempt. */
  'webhook-timestamp': string;
  /** `v1,<base64>`; a sender that changes its secret sends several, with spaces between. */
  'webhook-signature': string;
}

/** @param secret `whsec_` and the key in base64 */
export function sign(id: string, body: string, secret: string, now: Date): SignedHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac(`${id}.${timestamp}.${body}`, secret).toString('base64')}`,
  };
}

/**
 * Is it ours, unchanged and not old? A receiver still has to look whether it had this id before.
 * @param headers with names in lower case, as Node gives them
 * @param body as it arrived, before any parsing
 */
export function verify(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
  secret: string,
  now: Date,
  toleranceSeconds = 300,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers;
  const { 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof signatures !== 'string') return false;
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = hmac(`${id}.${timestamp}.${body}`, secret);
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one.startsWith('v1,') ? one.slice(3) : '', 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const PREFIX = 'whsec_';

/** The standard asks for a key of 24 to 64 bytes. */
export function isSecret(text: string): boolean {
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64').length;
  return /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) && bytes >= 24 && bytes <= 64;
}

function hmac(content: string, secret: string): Buffer {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return createHmac('sha256', key).update(content).digest();
}
