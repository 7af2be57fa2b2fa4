// load/plan.test.ts: load stays on this machine and within its bounds.
import { afterEach, expect, test, vi } from 'vitest';
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

afterEach(() => vi.unstubAllEnvs());

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
  'http://monolith:3000',
  'not a url',
])('load to %s is refused', (baseUrl) => {
  const sentence = `Load goes to http://127.0.0.1 only, not to ${baseUrl}.`;
  expect(() => completePlan({ ...plan, baseUrl })).toThrow(sentence);
});

test.each(['http://127.0.0.1:3000', 'http://monolith:3000', 'http://gateway:4000'])(
  'in the network of the containers load to %s is allowed',
  (baseUrl) => {
    vi.stubEnv('LOAD_HOSTS', 'monolith,gateway');
    expect(completePlan({ ...plan, baseUrl }).baseUrl).toBe(baseUrl);
  },
);

test.each([
  'http://catalog:4001',
  'https://monolith:3000',
  'http://monolith@example.com',
  'http://monolith.example.com',
  'http://example.com',
  'http://10.0.0.1',
  'http://[::1]:3000',
])('load to %s is refused there too, whatever the variable names', (baseUrl) => {
  vi.stubEnv('LOAD_HOSTS', 'monolith,gateway,example.com,10.0.0.1,[::1],');
  expect(() => completePlan({ ...plan, baseUrl })).toThrow(
    'Load goes to http://127.0.0.1, http://monolith, http://gateway only',
  );
});

test.each([
  { rateRps: 0 },
  { rateRps: 5001 },
  { rateRps: Number.NaN },
  { durationMs: 3_600_000 },
  { deadlineMs: 0 },
  { growth: 1 },
])('a plan out of bounds is refused by name: %o', (change) => {
  const [name = ''] = Object.keys(change);
  expect(() => completePlan({ ...plan, ...change })).toThrow(name);
});
