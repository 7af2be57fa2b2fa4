// domain/fingerprint.test.ts: what a fingerprint ignores and what it must notice.
// Run by vitest.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed(inner)] as const);
  return Object.fromEntries(entries.reverse());
}

const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('it is the SHA-256 of the canonical JSON', () => {
  // printf '{}' | sha256sum
  expect(fingerprint({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  // printf '{"a":[1,{"b":2,"c":3}],"z":null}' | sha256sum
  expect(fingerprint({ z: null, a: [1, { c: 3, b: 2 }] })).toBe(
    '952529e13350ec97607e2a2669940ff842ac1b1048efe957235d17461f0f24f7',
  );
});

test('the order of keys does not count, at any depth', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(fingerprint(reversed(value))).toBe(fingerprint(value));
    }),
  );
});

test('a value deep inside that changes is noticed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (rest, one, other) => {
      fc.pre(!isDeepStrictEqual(asSent(one), asSent(other)));
      const around = (inner: unknown) => ({ rest, lines: [{ rest }, { inner, rest }] });
      expect(fingerprint(around(one))).not.toBe(fingerprint(around(other)));
    }),
  );
});

test('a key that is renamed is noticed', () => {
  expect(fingerprint({ quantity: 1 })).not.toBe(fingerprint({ quantities: 1 }));
});

test('the order of an array counts', () => {
  expect(fingerprint([1, 2])).not.toBe(fingerprint([2, 1]));
});

test('text that looks like a number, null or nothing is none of them', () => {
  const values = [1, '1', null, 'null', '', [], {}, false, 'false'];
  expect(new Set(values.map(fingerprint)).size).toBe(values.length);
});

test('no body at all has a fingerprint too, and it is not that of null', () => {
  expect(fingerprint(undefined)).toMatch(/^[0-9a-f]{64}$/);
  expect(fingerprint(undefined)).not.toBe(fingerprint(null));
});
