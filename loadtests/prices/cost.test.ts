// prices/cost.test.ts: dollars worked by hand.
// With the list of 2026 in us-east-1.
import { expect, test } from 'vitest';
import { breakEvenRps, dollarsFor, serverDollarsPerHour } from './cost.ts';

test('a million invocations of 100 ms with 512 MB cost 0.83 for the time and 0.20 for the calls', () => {
  // 1e6 × 0.1 s × 0.5 GB = 50,000 GB-s; × 0.0000166667 = 0.8333.
  const used = { billedMs: 1e8, memoryMb: 512, invocations: 1e6 };
  expect(dollarsFor(used)).toBeCloseTo(1.0333, 4);
});

test('each request of a REST API and each call of a queue is paid for', () => {
  const calls = { restApiRequests: 1e6, sqsCalls: 3e6 };
  expect(dollarsFor({ billedMs: 0, memoryMb: 128, invocations: 0, ...calls })).toBeCloseTo(4.7, 9);
});

test('a quarter of a processor with half a gigabyte costs 1.23 cents an hour', () => {
  // 0.25 × 0.04048 + 0.5 × 0.004445.
  expect(serverDollarsPerHour({ vcpu: 0.25, memoryGb: 0.5 })).toBeCloseTo(0.0123425, 9);
});

test('what costs 3.6 dollars an hour is met by requests of a tenth of a cent at one a second', () => {
  expect(breakEvenRps(0.001, 3.6)).toBeCloseTo(1, 12);
});
