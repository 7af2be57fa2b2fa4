// load/pacer.test.ts: the schedule, walked through time by hand.
import { expect, test } from 'vitest';
import { createPacer, createSchedule, ramped } from './pacer.ts';

const constant = (rateRps: number) => createPacer({ arrivals: 'constant', rateRps, seed: 1 });
const poisson = (seed: number) => createPacer({ arrivals: 'poisson', rateRps: 100, seed });
const take = (count: number, pacer: () => number) => Array.from({ length: count }, pacer);

test('constant arrivals stand at multiples of the period, without drift', () => {
  const arrivals = take(3_000_001, constant(300));
  expect(arrivals.slice(0, 4)).toEqual([0, 1000 / 300, 2000 / 300, 10]);
  expect(arrivals.at(-1)).toBe(10_000_000);
});

test('poisson arrivals repeat with their seed and keep their mean', () => {
  expect(take(50, poisson(7))).toEqual(take(50, poisson(7)));
  expect(take(50, poisson(7))).not.toEqual(take(50, poisson(8)));
  // 20,000 gaps of 10 ms: the mean is within 3 / sqrt(20,000) = 2.1 % but once in 370 seeds.
  expect((take(20_000, poisson(7)).at(-1) ?? 0) / 20_000).toBeCloseTo(10, 0);
});

test('a ramp keeps the mean rate and doubles twice where it grows fourfold', () => {
  const schedule = createSchedule(ramped(constant(300), 4, 2000), 1999, Infinity);
  const halves = [999, 1999].map((now) => schedule.takeDue(now).length);
  // 600 in all; the integral of 4^x over the second half is twice that over the first.
  expect(halves).toEqual([200, 400]);
  expect(schedule.nextMs()).toBeUndefined();
});

test('however irregular the clock, each arrival is handed out once, when it is due', () => {
  const schedule = createSchedule(constant(200), 1000, Infinity);
  const taken = [-5, 0, 3, 4.9, 5, 250, 250, 999, 5000].map((now) => schedule.takeDue(now).length);
  expect(taken).toEqual([0, 1, 0, 0, 1, 49, 0, 149, 0]);
  expect(schedule.takenCount).toBe(200);
  expect(schedule.nextMs()).toBeUndefined();
});

test('a stall does not move the schedule: what it missed leaves at once', () => {
  const schedule = createSchedule(constant(200), 10_000, Infinity);
  schedule.takeDue(1000);
  expect(schedule.takeDue(3000)).toHaveLength(400);
  expect(schedule.nextMs()).toBe(3005);
});

test('an end brought nearer stops the arrivals and is never taken back', () => {
  const schedule = createSchedule(constant(200), 10_000, Infinity);
  schedule.takeDue(500);
  schedule.endAt(502);
  schedule.endAt(9000);
  expect(schedule.takeDue(9999)).toEqual([]);
  expect(schedule.durationMs).toBe(502);
});

test('the bound on the count ends the schedule', () => {
  const schedule = createSchedule(constant(1000), 10_000, 7);
  expect(schedule.takeDue(9999)).toHaveLength(7);
  expect(schedule.nextMs()).toBeUndefined();
});
