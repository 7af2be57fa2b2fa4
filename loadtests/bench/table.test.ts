// bench/table.test.ts: a missed aim and a run without a figure are said, not smoothed over.
import { expect, test } from 'vitest';
import { figuresOf } from './compare-arms.ts';
import { productsServed } from './comparisons.ts';
import { worstSecondOff } from './rate-accuracy.ts';
import type { BenchResult, ComparisonResult } from './run-bench.ts';
import { tableOf } from './table.ts';

const block = (oursUs: number, referenceUs: number, discarded = false) => ({
  ours: { rps: 1000, cpuUs: oursUs },
  reference: { rps: 1200, cpuUs: referenceUs },
  ratio: referenceUs / oursUs,
  otherShare: discarded ? 0.4 : 0.02,
  discarded,
});

function resultWith(blocks: ComparisonResult['blocks'], met: boolean | null): BenchResult {
  const figures = figuresOf(blocks);
  const names = { ours: 'monolith', reference: 'bare Express 5' };
  return {
    node: 'v20.0.0',
    pinning: 'Nothing is pinned.',
    connections: 16,
    seconds: 3,
    comparisons: [{ id: 'a', title: 'the monolith', aim: 0.8, ...names, figures, met, blocks }],
    rates: [],
    cloud: [],
    books: undefined,
    page: undefined,
  };
}

test('discarded blocks are in no figure, and their number is printed', () => {
  const blocks = [block(200, 100), block(200, 150), block(100, 100, true), block(200, 120)];
  const text = tableOf(resultWith(blocks, false));
  expect(text).toMatch(
    /monolith +1000 +200\.0 \(200\.0–200\.0\) +0\.60 \(0\.50–0\.75\) +≥ 0\.80 +not met/,
  );
  expect(text).toMatch('1 of 4 blocks discarded');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('without an accepted block there is no figure', () => {
  const text = tableOf(resultWith([block(200, 100, true)], null));
  expect(text).toMatch('not measured: every block was discarded');
  expect(text).not.toMatch('0.50');
});

test('the worst second is the one furthest off, early or late', () => {
  const arrivals = [0, 500, 1000, 1250, 1500, 2000].map((ms) => 10_000 + ms);
  expect(worstSecondOff(arrivals, 10_000, 3, 2)).toBe(0.5);
  expect(worstSecondOff(arrivals.slice(0, 3), 10_000, 3, 2)).toBe(-1);
});

test('only good answers for a product count as served', () => {
  const metrics = 'http_requests_total{operation="getProduct",status="404"} 7\n';
  expect(productsServed(metrics)).toBe(0);
  expect(productsServed(`${metrics}${metrics.replace('404', '200').replace('7', '12')}`)).toBe(12);
});
