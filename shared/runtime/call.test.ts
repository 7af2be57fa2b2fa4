// runtime/call.test.ts: what travels with a request, and what is refused to travel.
// Run by vitest.
import { expect, test } from 'vitest';
import { callFrom, newId, nextSpan, onward, requestIdFrom } from './call.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
const wellFormed = /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/;

test('ids carry their prefix and sort by the order in which they were made', () => {
  const ids = Array.from({ length: 1000 }, () => newId('ord'));
  for (const id of ids) expect(id).toMatch(/^ord_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('a caller’s request id is kept when it is 1 to 64 word characters', () => {
  for (const id of ['a', 'A-b_9', 'x'.repeat(64)]) {
    expect(requestIdFrom({ 'x-request-id': id })).toBe(id);
  }
});

test('any other request id is replaced, each time by another', () => {
  const sent = [undefined, '', 'x'.repeat(65), 'a b', 'a\n', ['a', 'b']];
  const ids = sent.map((id) => requestIdFrom({ 'x-request-id': id }));
  for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
  expect(new Set(ids).size).toBe(sent.length);
});

test('the next process gets the same request and trace, and a span of its own', () => {
  const call = callFrom({ traceparent }, 'alice-1');
  const [one, other] = [onward(call), onward(call)];
  expect(one['x-request-id']).toBe('alice-1');
  expect(one.traceparent).toMatch(wellFormed);
  expect(one.traceparent?.split('-')[1]).toBe(trace);
  const spans = [traceparent, one.traceparent, other.traceparent].map((p) => p?.split('-')[2]);
  expect(new Set(spans).size).toBe(3);
});

test('a trace that is missing or malformed begins anew', () => {
  const bad = [
    undefined,
    '',
    'hello',
    traceparent.toUpperCase(),
    `${traceparent}-x`,
    `0${traceparent}`,
  ];
  const made = bad.map((sent) => nextSpan(sent));
  for (const next of made) {
    expect(next).toMatch(wellFormed);
    expect(next).not.toContain(trace);
  }
  expect(new Set(made).size).toBe(bad.length);
});

test('an idempotency key has 1 to 100 characters', () => {
  const keyOf = (sent: string) => callFrom({ 'idempotency-key': sent }, 'r').idempotencyKey;
  expect(keyOf('k')).toBe('k');
  expect(keyOf('k'.repeat(100))).toBe('k'.repeat(100));
  expect(callFrom({}, 'r').idempotencyKey).toBeUndefined();
  for (const bad of ['', 'k'.repeat(101)]) {
    expect(() => keyOf(bad)).toThrow(
      expect.objectContaining({
        status: 400,
        values: { errors: [expect.objectContaining({ at: 'headers/idempotency-key' })] },
      }),
    );
  }
});

test('a caller may prefer not to wait, among other preferences', () => {
  const prefers = (prefer?: string) => callFrom({ prefer }, 'r').respondAsync;
  const yes = ['respond-async', 'Respond-Async', 'wait=10, respond-async', 'respond-async;x=1, a'];
  expect(yes.map(prefers)).toEqual(yes.map(() => true));
  const no = [undefined, '', 'return=minimal', 'no-respond-async', 'respond-asynchronously'];
  expect(no.map(prefers)).toEqual(no.map(() => undefined));
});
