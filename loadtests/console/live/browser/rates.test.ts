// browser/rates.test.ts: how busy a way is, and seconds that come again.
import { expect, test } from 'vitest';
import type { SecondLive } from '../live-state.ts';
import { isWhole, rateOf } from './rates.ts';
import { withSeconds } from './store.ts';

const second = (atMs: number, ok: number, refused = 0): SecondLive => ({
  ...{ shape: 'monolith', atMs },
  features: { orders: { outcomes: { ok, refused }, p50: 1, p99: 2 } },
});

test('a rate is that of three seconds that are whole, with the share that was lost', () => {
  const seconds = [
    ...[second(1000, 90), second(2000, 4), second(3000, 4), second(4000, 1, 3)],
    ...[second(5000, 0, 40), second(6000, 0, 40)],
  ];
  expect(rateOf(seconds, 'orders', 8000)).toEqual({ perSecond: 4, lostShare: 0.25 });
  expect(rateOf(seconds, 'catalog', 8000)).toEqual({ perSecond: 0, lostShare: 0 });
});

test('seconds without a request count as well, and a load that has ended has no rate', () => {
  expect(rateOf([second(4000, 3)], 'orders', 8000)).toEqual({ perSecond: 1, lostShare: 0 });
  expect(rateOf([second(1000, 9)], 'orders', 60_000)).toEqual({ perSecond: 0, lostShare: 0 });
});

test('a second is whole once its last request has had its time, and its row too', () => {
  expect([isWhole(second(1000, 1), 4999), isWhole(second(1000, 1), 5000)]).toEqual([false, true]);
});

test('a second that comes again replaces itself, and old ones are let go', () => {
  const once = withSeconds(new Map(), [second(1000, 1), second(2000, 2)]);
  const twice = withSeconds(once, [second(2000, 3), second(130_000, 4)]);
  expect(twice.get('monolith')).toEqual([second(130_000, 4)]);
  const near = withSeconds(once, [second(2000, 3)]);
  expect(near.get('monolith')).toEqual([second(1000, 1), second(2000, 3)]);
});
