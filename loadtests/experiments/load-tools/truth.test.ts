// load-tools/truth.test.ts: the arithmetic of a stall, worked by hand and by trying every arrival.
// Run by vitest; nothing is measured here.
import { expect, test } from 'vitest';
import type { Block } from '../../lab/result.ts';
import { toolFigures, toolSentence } from './figures.ts';
import { armName, planted } from './plan.ts';
import {
  latencyMsAt,
  metStallMs,
  type Stall,
  seenRatio,
  shareAbove,
  withoutStall,
} from './truth.ts';

/** Latency of an arrival `atMs` after the beginning of a period whose stall begins at 1,000 ms. */
function latencyOf({ serviceMs, stallMs }: Stall, atMs: number): number {
  const [fromMs, toMs] = [1000, 1000 + stallMs];
  const readMs = atMs >= fromMs && atMs < toMs ? toMs : atMs;
  const doneMs = readMs + serviceMs;
  return (doneMs > fromMs && doneMs < toMs ? toMs : doneMs) - atMs;
}

/** One arrival each 0.01 ms over a whole period. */
const everyArrival = (stall: Stall) =>
  Array.from({ length: stall.everyMs * 100 }, (_, index) => latencyOf(stall, (index + 0.5) / 100));

test('200 ms every 2 s make a p99 of 180 ms, and of 190 ms when an answer takes 5', () => {
  expect(latencyMsAt({ serviceMs: 0, stallMs: 200, everyMs: 2000 }, 0.99)).toBeCloseTo(180, 9);
  expect(latencyMsAt(planted, 0.99)).toBeCloseTo(190, 9);
});

test.each([0.5, 0.89, 0.9, 0.95, 0.99, 0.999])(
  'the quantile %d is the one that trying every arrival gives',
  (q) => {
    const sorted = Float64Array.from(everyArrival(planted)).sort();
    expect(sorted[Math.floor(q * sorted.length)]).toBeCloseTo(latencyMsAt(planted, q), 1);
  },
);

test('so is the share above a latency', () => {
  const all = everyArrival(planted);
  for (const ms of [4, 6, 25, 100, 199, 202, 204.9, 206]) {
    const share = all.filter((latency) => latency > ms).length / all.length;
    expect(share).toBeCloseTo(shareAbove(planted, ms), 4);
  }
});

test('without a stall all answers take the same', () => {
  for (const q of [0.5, 0.99, 0.999]) expect(latencyMsAt(withoutStall(planted), q)).toBe(5);
});

test('who asks at any time sees all of the stall, who asks one after the other 3 % of it', () => {
  expect(seenRatio(planted, everyArrival(planted))).toBeCloseTo(1, 2);
  // 1,800 ms of answers in 5 ms each, then one that waits: 1 of 361, where 9.25 of 100 should.
  const closed = [...Array.from({ length: 360 }, () => 5), 200];
  expect(seenRatio(planted, closed)).toBeCloseTo(1 / 361 / 0.0925, 9);
  expect(metStallMs(planted)).toBe(25);
});

const block: Block = {
  index: 0,
  order: [],
  samples: [
    { arm: armName('open constant', 'stall'), metrics: { latencyMsP99: 190 }, doubts: [] },
    { arm: armName('closed 32', 'stall'), metrics: { latencyMsP99: 5 }, doubts: [] },
  ],
  otherCpuRatio: 0,
  discarded: [],
};

test('one block with two arms is drawn and told; what is missing stays a gap', () => {
  const [lines, table] = toolFigures([block]);
  expect(lines?.kind === 'lines' && lines.panels.map(({ series }) => series.length)).toEqual([
    7, 7,
  ]);
  expect(table?.kind === 'table' && table.rows.flat()).toContain('–');
  expect(toolSentence([block])).toContain('38×');
});
