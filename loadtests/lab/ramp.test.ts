// lab/ramp.test.ts: a ramp finds the rate of servers whose rate is known.
import { describe, expect, test } from 'vitest';
import { createPacer, ramped } from '../load/pacer.ts';
import type { Row } from '../load/results.ts';
import { highestRpsOf, meanRps, overshoot, rpsAt } from './ramp.ts';

const SLO_MS = 50;
const ramp = { fromRps: 200, growth: 5, lengthMs: 4000, sloMs: SLO_MS, lagMsP99: 5 };

/** A queue of one server, first come first served; from `stalledAtMs` it does nothing for 200 ms. */
function rowsOf(serviceMs: number, stalledAtMs = Infinity): Row[] {
  const pace = { arrivals: 'constant', rateRps: meanRps(ramp), seed: 1 } as const;
  const pacer = ramped(createPacer(pace), ramp.growth, ramp.lengthMs);
  const rows: Row[] = [];
  let freeAtMs = 0;
  for (let t = pacer(); t < ramp.lengthMs; t = pacer()) {
    if (t >= stalledAtMs && freeAtMs < stalledAtMs + 200) freeAtMs = stalledAtMs + 200;
    freeAtMs = Math.max(freeAtMs, t) + serviceMs;
    const ms = freeAtMs - t;
    rows.push({ t, lag: 0, ms, op: '', feature: 'catalog', outcome: 'ok', status: 200 });
  }
  return rows;
}

test('the mean of a ramp is its integral, and its ends are as told', () => {
  expect(meanRps({ fromRps: 100, growth: Math.E, lengthMs: 1 })).toBeCloseTo(171.8, 1);
  expect([0, 2000, 4000].map((ms) => Math.round(rpsAt(ramp, ms)))).toEqual([200, 447, 1000]);
});

test('the overshoot solves e^x = 1 + x + kd', () => {
  const x = Math.log(overshoot(ramp, SLO_MS));
  expect(Math.exp(x) - 1 - x).toBeCloseTo((Math.log(5) / 4000) * SLO_MS, 9);
  expect(overshoot(ramp, SLO_MS)).toBeCloseTo(1.213, 2);
});

describe('the highest rate', () => {
  test.each([300, 450, 700])('of a server that can do %i a second is found within 4 %%', (rps) => {
    const found = highestRpsOf(rowsOf(1000 / rps), ramp) ?? 0;
    expect(found / rps).toBeGreaterThan(0.96);
    expect(found / rps).toBeLessThan(1.04);
  });

  test('is not that of a hiccup that passed', () => {
    const found = highestRpsOf(rowsOf(1000 / 700, 500), ramp) ?? 0;
    expect(found / 700).toBeCloseTo(1, 1);
  });

  test('is beyond the ramp when the SLO was never left, and not known when never kept', () => {
    expect(highestRpsOf(rowsOf(0.1), ramp)).toBe(Infinity);
    expect(highestRpsOf(rowsOf(60), ramp)).toBeUndefined();
  });

  test('is not known when the generator was late before it was found', () => {
    const late = rowsOf(1000 / 450).map((row) => ({ ...row, lag: row.t > 500 ? 9 : 0 }));
    expect(highestRpsOf(late, ramp)).toBeUndefined();
    const lateLater = late.map((row) => ({ ...row, lag: row.t > 3000 ? 99 : 0 }));
    expect(highestRpsOf(lateLater, ramp)).toBeGreaterThan(400);
  });

  test('counts a fast failure as no answer', () => {
    const rows = rowsOf(0.1).map((row): Row => {
      return row.t < 2000 ? row : { ...row, outcome: 'error' };
    });
    expect(highestRpsOf(rows, ramp)).toBeCloseTo(447 / overshoot(ramp, SLO_MS), -1);
  });
});
