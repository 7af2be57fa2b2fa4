// statistics/error-rates.test.ts: how often the rule errs, simulated: it holds docs/statistics.md to it.
// Run by vitest; blocks of three runs in shuffled order, 3 % noise a run and 30 % a block.
import { readFileSync } from 'node:fs';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { expect, test } from 'vitest';
import { claimOf } from './claim.ts';
import type { Estimate } from './estimate.ts';
import { medianInterval } from './median-interval.ts';
import { type MadeUpBlocks, madeUpBlocks } from './noise.ts';
import { type BlockPair, blockRatios, ratioInterval } from './ratio-interval.ts';

const EXPERIMENTS = 2000;

type IntervalOf = (pairs: readonly BlockPair[]) => Estimate;
const rank: IntervalOf = (pairs) => medianInterval(blockRatios(pairs));
const bootstrap: IntervalOf = (pairs) => ratioInterval(pairs, { resamples: 400 });

/** Six: what a standard run has, and the fewest of which anything is claimed. */
const columns = ['six, rank', 'six, bootstrap', 'ten, rank'] as const;
const blocksIn: Readonly<Record<string, number>> = { six: 6, ten: 10 };

const NO_NOISE = { low: 1, high: 1 };

const truths: Readonly<Record<string, Partial<MadeUpBlocks>>> = {
  'no difference': {},
  '20 % more': { effect: 1.2 },
  '10 % more': { effect: 1.1 },
  '5 % more': { effect: 1.05 },
  'none, but later runs of a block take 5 % more': { orderEffect: 1.05 },
  'none, but every arm other than the baseline takes 5 % more': { favour: 1.05 },
};

/** What comes of each truth, per cent of experiments: claimed by the rule, and without its A/A arm. */
function simulated(column: string, change: Partial<MadeUpBlocks>): readonly [number, number] {
  const [size = '', kind = ''] = column.split(', ');
  const intervalOf = kind === 'rank' ? rank : bootstrap;
  const quiet = { blocks: blocksIn[size] ?? 0, runNoise: 0.03, blockNoise: 0.3, effect: 1 };
  const random = seededRandom(2026);
  let [claimed, alone] = [0, 0];
  for (let experiment = 0; experiment < EXPERIMENTS; experiment += 1) {
    const made = madeUpBlocks(random, { ...quiet, ...change });
    const effect = intervalOf(made.effect).interval;
    if (isClaimed(claimOf({ effect, aa: intervalOf(made.aa).interval }))) claimed += 1;
    if (isClaimed(claimOf({ effect, aa: NO_NOISE }))) alone += 1;
  }
  return [(claimed / EXPERIMENTS) * 100, (alone / EXPERIMENTS) * 100];
}

const isClaimed = (claim: string) => claim === 'higher' || claim === 'lower';

const page = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8');

/** `0.0 % (3.2 %)` a column, as in the table of the page. */
function publishedOf(truth: string): number[][] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${truth} |`)) ?? '';
  const cells = row.split('|').slice(2, -1);
  return cells.map((cell) => [...cell.matchAll(/[\d.]+/g)].map(Number));
}

const found = new Map(
  Object.entries(truths).map(([name, change]) => [
    name,
    columns.map((column) => simulated(column, change)),
  ]),
);
const claimedOf = (truth: string) => found.get(truth)?.map(([claimed]) => claimed) ?? [];

test.each([...found])('the page has the shares of %s, to half a per cent', (truth, shares) => {
  const text = shares.map(([claimed, alone]) => `${claimed.toFixed(1)} % (${alone.toFixed(1)} %)`);
  console.log(`| ${truth} | ${text.join(' | ')} |`);
  const published = publishedOf(truth);
  expect(published).toHaveLength(columns.length);
  for (const [at, both] of shares.entries())
    expect(published[at]).toEqual(both.map((share) => expect.closeTo(share, 0)));
});

test('a difference of the same target is claimed in less than 5 % of experiments', () => {
  for (const truth of Object.keys(truths).filter((name) => name.startsWith('no')))
    expect(Math.max(...claimedOf(truth))).toBeLessThan(5);
});

test('a true difference of 20 % is found in at least 90 %, smaller ones more rarely', () => {
  expect(Math.min(...claimedOf('20 % more'))).toBeGreaterThanOrEqual(90);
  for (const [at, share] of claimedOf('10 % more').entries()) {
    expect(share).toBeLessThan(claimedOf('20 % more')[at] ?? 0);
    expect(share).toBeGreaterThan(claimedOf('5 % more')[at] ?? 100);
  }
});

test('a harness that favours the baseline would be believed without the A/A arm', () => {
  const shares = found.get('none, but every arm other than the baseline takes 5 % more') ?? [];
  for (const [, alone] of shares) expect(alone).toBeGreaterThan(40);
});
