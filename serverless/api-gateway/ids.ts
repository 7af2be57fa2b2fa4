// api-gateway/ids.ts: the identifiers that API Gateway makes up, in AWS's forms.
// Called by whatever creates something, and for each request.
import { randomBytes } from 'node:crypto';

const lowerAndDigits = 'abcdefghijklmnopqrstuvwxyz0123456789';
const base64Url = `${lowerAndDigits}ABCDEFGHIJKLMNOPQRSTUVWXYZ-_`;

/** In [0, 1). */
export type Random = () => number;

function text(random: Random, length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

/** Of an API, a key or a plan: ten letters and digits. */
export const newId = (random: Random): string => text(random, 10, lowerAndDigits);

/** Of a deployment or a resource: six of them. */
export const newShortId = (random: Random): string => text(random, 6, lowerAndDigits);

/** Of a key that was created without a value: forty characters. */
export const newKeyValue = (random: Random): string => text(random, 40, base64Url);

/** `x-amz-apigw-id`, which the event calls extendedRequestId. */
export const newExtendedId = (random: Random): string => `${text(random, 15, base64Url)}=`;

/** "Tracing header": a version, the second in which it began, and 96 random bits. */
export function newTraceId(nowMs: number): string {
  const second = Math.floor(nowMs / 1000).toString(16);
  return `Root=1-${second}-${randomBytes(12).toString('hex')}`;
}
