// domain/fingerprint.ts: one short text for everything a JSON body means.
// Idempotency keys store it to tell a repeated request from another one with the same key.
import { createHash } from 'node:crypto';

/**
 * SHA-256 of the value's canonical JSON, as 64 hex digits. Key order does not count at any depth;
 * the order of an array does.
 * @param value anything JSON can hold; a key whose value is undefined counts as absent
 * @throws TypeError for what JSON cannot hold: a bigint, or an object inside itself
 */
export function fingerprint(value: unknown): string {
  // JSON.stringify answers undefined for no value at all: a request without a body.
  const canonical = JSON.stringify(value, sortKeys) ?? '';
  return createHash('sha256').update(canonical).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
