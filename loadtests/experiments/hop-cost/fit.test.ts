// hop-cost/fit.test.ts: lines through planted cells, and predictions, held to figures worked by hand.
// Run by vitest; nothing is measured here.
import { expect, test } from 'vitest';
import type { Block, Sample } from '../../lab/result.ts';
import { arms, cellName, hopCounts, lineName, worksMs } from './cells.ts';
import { hopFigures, hopSentence } from './figures.ts';
import { deriveHops, overheadMs, overheadRatio } from './fit.ts';

/** As if the world kept to L = base + (n + 1)·s + n·h, with 250 µs of CPU a hop. */
const lawful = (name: string, baseMs: number, hopMs: number): Sample[] =>
  worksMs.flatMap((workMs) =>
    hopCounts.map((hops) => ({
      arm: cellName(name, hops, workMs),
      metrics: {
        latencyMsP50: baseMs + (hops + 1) * workMs + hops * hopMs,
        cpuUsPerRequest: 400 + hops * 250 + (hops + 1) * workMs * 1000,
      },
      doubts: [],
    })),
  );
const metricsOf = (samples: readonly Sample[], arm: string) =>
  samples.find((sample) => sample.arm === arm)?.metrics ?? {};

test('three hops of 0.25 ms on 0.6 ms are 1.35 ms, and a hop to 0.75 ms of work is a quarter', () => {
  expect(overheadMs({ baseMs: 0.6, hopMs: 0.25 }, 3)).toBeCloseTo(1.35, 12);
  expect(overheadRatio(0.25, 0.75)).toBe(0.25);
});

test('the time, the CPU and the share of a hop are found again, at every amount of work', () => {
  const found = deriveHops(lawful('http', 0.6, 0.25));
  const whole = metricsOf(found, 'http');
  expect(whole.hopMs).toBeCloseTo(0.25, 9);
  expect(whole.baseMs).toBeCloseTo(0.6, 9);
  expect(whole.hopCpuUs).toBeCloseTo(250, 6);
  expect(whole.r2).toBeCloseTo(1, 9);
  for (const workMs of worksMs) {
    const line = metricsOf(found, lineName('http', workMs));
    expect(line.hopMs).toBeCloseTo(0.25, 9);
    expect(line.overheadRatio).toBeCloseTo(0.25 / (0.25 + workMs), 9);
  }
});

test('the gateway costs what the first answer comes later by', () => {
  const found = deriveHops([...lawful('http', 0.6, 0.25), ...lawful('gateway', 0.9, 0.25)]);
  expect(metricsOf(found, 'gateway').frontMs).toBeCloseTo(0.3, 9);
  expect(metricsOf(found, 'http')).not.toHaveProperty('frontMs');
});

test('one hop in five that costs ten times as much is no line', () => {
  const bent = lawful('http', 0.6, 0.25).map((sample) =>
    sample.arm === cellName('http', 5, 0)
      ? { ...sample, metrics: { ...sample.metrics, latencyMsP50: 4.1 } }
      : sample,
  );
  expect(metricsOf(deriveHops(bent), 'http').r2).toBeLessThan(0.99);
});

test('an arm with a cell missing has no line instead of a wrong one', () => {
  const [, ...rest] = lawful('json', 0.6, 0.02);
  const found = deriveHops(rest).map(({ arm }) => arm);
  expect(found).not.toContain('json');
  expect(found).not.toContain(lineName('json', worksMs[0]));
  expect(found).toContain(lineName('json', worksMs[1]));
});

/** One block, whole or with nothing in it. */
const blockOf = (samples: readonly Sample[]): Block => ({
  index: 0,
  order: Object.keys(arms),
  samples: [...samples, ...deriveHops(samples)],
  otherCpuRatio: 0,
  discarded: [],
});

test('one block is enough to draw the lines, each beside its prediction', () => {
  const block = blockOf(Object.keys(arms).flatMap((arm) => lawful(arm, 0.6, 0.25)));
  const [lines] = hopFigures([block]);
  const panel = lines?.kind === 'lines' ? lines.panels[3] : undefined;
  const http = panel?.series.filter(({ name }) => name === 'http') ?? [];
  expect(http.map(({ role }) => role)).toEqual(['measured', 'predicted']);
  // With 20 ms of work, and the work taken off, the law of no work must be met.
  for (const [index, { y }] of (http[0]?.points ?? []).entries())
    expect(y).toBeCloseTo(http[1]?.points[index]?.y ?? Number.NaN, 9);
  expect(hopSentence([block])).toContain('A hop by HTTP takes 0.25');
});

test('where nothing was measured nothing is drawn or said', () => {
  const [lines] = hopFigures([blockOf([])]);
  const series = lines?.kind === 'lines' ? lines.panels.flatMap((panel) => panel.series) : [];
  expect(series.flatMap(({ points }) => points)).toEqual([]);
  expect(hopSentence([blockOf([])])).toContain('takes –');
});
