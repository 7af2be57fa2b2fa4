// cold-starts/law.test.ts: the law by hand, the virtual clock against it, and what a REPORT line says.
// Real starts are tried in functions.test.ts.
import { describe, expect, test } from 'vitest';
import { breakEvenRps } from '../../prices/cost.ts';
import { arrivalsOf, coldShare, simulatedColdShare } from './law.ts';
import { dollarsPerCall, offers, serverPerHour } from './offers.ts';
import { reportIn } from './rig.ts';

const pool = { keepMs: 1000, coldMs: 0, warmMs: 0 };

test('with as many arrivals as one in the time that an environment is kept, 36.8 % are cold', () => {
  expect(coldShare(1)).toBeCloseTo(0.36788, 5);
});

test.each([0.5, 1, 2])('the virtual clock agrees with the law at λK = %d', (load) => {
  const arrivals = arrivalsOf('poisson', load, 20_000, 7);
  expect(simulatedColdShare(arrivals, pool)).toBeCloseTo(coldShare(load), 1.7);
});

describe('on the virtual clock', () => {
  test('what rests longer than it is kept is gone, what rests less is used again', () => {
    expect(simulatedColdShare([0, 999, 1998], pool)).toBe(0);
    expect(simulatedColdShare([0, 1000, 2500], pool)).toBe(1);
  });

  test('an arrival that meets a start under way starts another', () => {
    const slow = { ...pool, coldMs: 300 };
    expect(simulatedColdShare([0, 100], slow)).toBe(1);
    // The third finds the first one's, which is free since 300.
    expect(simulatedColdShare([0, 100, 350], slow)).toBe(0.5);
  });

  test('constant arrivals are all warm, or all cold', () => {
    expect(simulatedColdShare(arrivalsOf('constant', 1.01, 100, 1), pool)).toBe(0);
    expect(simulatedColdShare(arrivalsOf('constant', 0.99, 100, 1), pool)).toBe(1);
  });

  test('of a rare burst of five, all five are cold', () => {
    const arrivals = [0, 0, 0, 0, 0, 9000, 9000, 9000, 9000, 9000];
    expect(simulatedColdShare(arrivals, { ...pool, coldMs: 10, warmMs: 10 })).toBe(1);
  });
});

test('the log tells what was billed, and whether there was an init', () => {
  const tail = (text: string) => Buffer.from(text).toString('base64');
  const cold =
    'REPORT RequestId: 1\tDuration: 2.35 ms\tBilled Duration: 103 ms\tInit Duration: 99.50 ms\t';
  expect(reportIn(tail(cold))).toEqual({ billedMs: 103, initMs: 99.5 });
  expect(reportIn(tail('REPORT\tBilled Duration: 3 ms\t'))).toEqual({
    billedMs: 3,
    initMs: undefined,
  });
  expect(() => reportIn(tail('START'))).toThrow('no REPORT line');
});

test('through an HTTP API, 100 ms with 128 MB, a small server is cheaper from 2.4 calls a second on', () => {
  const [http] = offers;
  if (http === undefined) throw new Error('There is no offer.');
  // 1.00 for the API, 0.20 for the call, 0.1 s × 1/8 GB × 0.0000166667 for the time: 1.408 a million.
  expect(dollarsPerCall(http) * 1e6).toBeCloseTo(1.40833, 5);
  // 0.0123425 an hour ÷ 3600 s ÷ 0.00000140833.
  expect(breakEvenRps(dollarsPerCall(http), serverPerHour)).toBeCloseTo(2.434, 3);
});
