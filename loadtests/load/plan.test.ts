// load/plan.test.ts: load stays on this machine and within its bounds.
import { expect, test } from 'vitest';
import { type AttackPlan, completePlan } from './plan.ts';

const plan: AttackPlan = {
  baseUrl: 'http://127.0.0.1:3000',
  scenario: 'browse',
  rateRps: 200,
  arrivals: 'constant',
  seed: 1,
  keys: { customer: 'key' },
  rowsFile: 'rows.jsonl',
};

test('defaults leave room for a deadline of hung requests', () => {
  expect(completePlan(plan)).toMatchObject({
    deadlineMs: 2000,
    sloMs: 500,
    durationMs: 1_800_000,
    maxInFlight: 500,
  });
});

test.each([
  'http://example.com',
  'http://127.0.0.1@example.com',
  'https://127.0.0.1',
  'http://localhost:3000',
  'not a url',
])('load to %s is refused', (baseUrl) => {
  expect(() => completePlan({ ...plan, baseUrl })).toThrow('127.0.0.1 only');
});

test.each([
  { rateRps: 0 },
  { rateRps: 5001 },
  { rateRps: Number.NaN },
  { durationMs: 3_600_000 },
  { deadlineMs: 0 },
])('a plan out of bounds is refused by name: %o', (change) => {
  const [name = ''] = Object.keys(change);
  expect(() => completePlan({ ...plan, ...change })).toThrow(name);
});
