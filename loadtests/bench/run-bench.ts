// bench/run-bench.ts: runs the parts that were asked for, one after the other, and judges them.
// Called by commands/bench.ts; table.ts prints what it returns.
import { type BooksResult, measureBooks } from './books/measure-books.ts';
import type { Closers } from './closers.ts';
import { type CloudBlock, measureCloud } from './cloud/measure-cloud.ts';
import { type Block, compareArms, figuresOf } from './compare-arms.ts';
import { type Comparison, comparisons } from './comparisons.ts';
import { connections } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { PageResult } from './page/measure-page.ts';
import { choosePinning, type Pinning } from './pinning.ts';
import {
  maxRateOff,
  measureRates,
  type RateBlock,
  type RateFigures,
  rateFiguresOf,
  ratesRps,
} from './rate-accuracy.ts';

export interface ComparisonResult extends Pick<Comparison, 'id' | 'title' | 'aim'> {
  readonly ours: string;
  readonly reference: string;
  /** Undefined when every block was discarded. */
  readonly figures: ReturnType<typeof figuresOf>;
  /** By the median; null when fewer blocks were accepted than asked for. */
  readonly met: boolean | null;
  readonly blocks: readonly Block[];
}

export interface RateResult {
  readonly askedRps: number;
  readonly aim: number;
  readonly figures: RateFigures | undefined;
  readonly met: boolean | null;
  readonly blocks: readonly RateBlock[];
}

export interface BenchResult {
  readonly node: string;
  readonly pinning: string;
  readonly connections: number;
  readonly seconds: number;
  readonly comparisons: readonly ComparisonResult[];
  readonly rates: readonly RateResult[];
  /** Empty when it was not asked for. */
  readonly cloud: readonly CloudBlock[];
  /** Undefined when they were not asked for. */
  readonly books: BooksResult | undefined;
  /** Undefined when it was not asked for. */
  readonly page: PageResult | undefined;
}

export interface Bench extends BenchOptions {
  readonly portBase: number;
  readonly closers: Closers;
  /** What is being done now, for the progress display. */
  readonly onStep: (step: string) => void;
}

/** @throws CannotStart, or Error when a server answered wrongly; what was started is then closed */
export async function runBench(bench: Bench): Promise<BenchResult> {
  const pinning = choosePinning();
  const compared: ComparisonResult[] = [];
  for (const comparison of comparisons.filter(({ id }) => bench.only.includes(id))) {
    compared.push(await closing(bench.closers, () => compare(comparison, bench, pinning)));
  }
  const withRates = bench.only.includes('d');
  const withCloud = bench.only.includes('e');
  const withBooks = bench.only.includes('f');
  const withPage = bench.only.includes('g');
  return {
    node: process.version,
    pinning: pinning.sentence,
    connections,
    seconds: bench.seconds,
    comparisons: compared,
    rates: withRates ? await closing(bench.closers, () => judgeRates(bench, pinning)) : [],
    cloud: withCloud ? await closing(bench.closers, () => carried(bench, pinning)) : [],
    books: withBooks ? await closing(bench.closers, () => entered(bench, pinning)) : undefined,
    page: withPage ? await closing(bench.closers, () => looked(bench, pinning)) : undefined,
  };
}

/** Nothing of one part runs during the next. */
async function closing<Result>(closers: Closers, part: () => Promise<Result>): Promise<Result> {
  try {
    return await part();
  } finally {
    await closers.closeAll();
  }
}

async function compare(
  { id, title, aim, start }: Comparison,
  { portBase, closers, blocks: wanted, seconds, onStep: tell }: Bench,
  { serverCore, generatorLauncher }: Pinning,
): Promise<ComparisonResult> {
  const onStep = (step: string) => tell(`${id}  ${title}: ${step}`);
  onStep('starting');
  const arms = await start({ portBase, serverCore, defer: closers.defer });
  const load = { seconds, generatorLauncher };
  const blocks = await compareArms(arms, { ...load, blocks: wanted, onStep });
  const figures = figuresOf(blocks);
  const met = figures && enough(blocks, wanted) ? figures.ratio.median >= aim : null;
  return {
    id,
    title,
    aim,
    ours: arms.ours.name,
    reference: arms.reference.name,
    figures,
    met,
    blocks,
  };
}

async function judgeRates(bench: Bench, pinning: Pinning): Promise<RateResult[]> {
  const { blocks: wanted, seconds, closers, onStep } = bench;
  const measured = await measureRates({
    blocks: wanted,
    seconds,
    ...pinning,
    defer: closers.defer,
    onStep: (step) => onStep(`d  the load generator: ${step}`),
  });
  return ratesRps.map((askedRps) => {
    const blocks = measured.filter((block) => block.askedRps === askedRps);
    const figures = rateFiguresOf(blocks);
    const met =
      figures && enough(blocks, wanted) ? figures.worstSecondOff.median <= maxRateOff : null;
    return { askedRps, aim: maxRateOff, figures, met, blocks };
  });
}

function carried({ blocks, seconds, closers, onStep }: Bench, { serverCore }: Pinning) {
  return measureCloud({
    ...{ blocks, seconds, serverCore, defer: closers.defer },
    onStep: (step) => onStep(`e  the local cloud: ${step}`),
  });
}

function entered(bench: Bench, { serverCore }: Pinning) {
  const { blocks, seconds, pastOrders, portBase, closers, onStep } = bench;
  return measureBooks({
    ...{ blocks, seconds, pastOrders, portBase, serverCore, defer: closers.defer },
    onStep: (step) => onStep(`f  the books of reports: ${step}`),
  });
}

/** Loaded where it is asked for: it brings a browser along. */
async function looked({ blocks, seconds, minutes, closers, onStep }: Bench, pinning: Pinning) {
  const { measurePage } = await import('./page/measure-page.ts');
  return measurePage({
    ...{ blocks, seconds, minutes, pinning, defer: closers.defer },
    onStep: (step) => onStep(`g  the console's page: ${step}`),
  });
}

function enough(blocks: readonly { readonly discarded: boolean }[], wanted: number): boolean {
  return blocks.filter((block) => !block.discarded).length >= wanted;
}
