// bench/table.ts: the result as a calm table: what was measured, what was hoped for, what it leaves out.
// Printed by commands/bench.ts.
import { table } from '../commands/lib/format.ts';
import { booksText } from './books/books-table.ts';
import { cloudText } from './cloud/cloud-table.ts';
import { maxOtherShare } from './measure.ts';
import { pageText } from './page/page-table.ts';
import type { BenchResult, ComparisonResult, RateResult } from './run-bench.ts';
import { type Spread, shownSpread, spreadOf } from './spread.ts';

/** At most 100 columns wide, without colour: it is pasted into reports. */
export function tableOf(result: BenchResult): string {
  const { comparisons, rates, cloud, books, page } = result;
  const sections = comparisons.map(comparisonText);
  if (rates.length > 0) sections.push(ratesText(rates));
  if (cloud.length > 0) sections.push(cloudText(cloud));
  if (books !== undefined) sections.push(booksText(books));
  if (page !== undefined) sections.push(pageText(page));
  sections.push(conditions(result).join('\n'), limits(result).join('\n'));
  return sections.join('\n\n');
}

function comparisonText({ id, title, aim, ours, reference, figures, met }: ComparisonResult) {
  const head = `${id}  ${title}`;
  if (figures === undefined) return `${head}\n   not measured: every block was discarded`;
  const line = (name: string, { rps, cpuUs }: typeof figures.ours, ...rest: string[]) => [
    `   ${name.padEnd(20)}`,
    rps.median.toFixed(0),
    shownSpread(cpuUs, 1),
    ...rest,
  ];
  const rows = [
    ['', 'rps', 'CPU-µs a request', 'ratio', 'aim', ''],
    line(reference, figures.reference, '1', '', ''),
    line(ours, figures.ours, shownSpread(figures.ratio, 2), `≥ ${aim.toFixed(2)}`, verdict(met)),
  ];
  return `${head}\n${table(rows, [1, 2, 3, 4])}`;
}

function ratesText(rates: readonly RateResult[]): string {
  const titles = [
    '   asked',
    'sent',
    'counted',
    'worst second',
    'lag p99 ms',
    'generator',
    'aim',
    '',
  ];
  const rows = rates.map(({ askedRps, aim, figures, met }) => {
    if (figures === undefined) return [`   ${askedRps}`, '', '', '', '', '', '', verdict(null)];
    const { sentRps, countedRps, worstSecondOff, lagMsP99, generatorCores } = figures;
    return [
      `   ${askedRps}`,
      sentRps.median.toFixed(1),
      countedRps.median.toFixed(1),
      `${shownSpread(hundredfold(worstSecondOff), 2)} %`,
      shownSpread(lagMsP99, 1),
      `${generatorCores.median.toFixed(2)} core`,
      `≤ ${aim * 100} %`,
      verdict(met),
    ];
  });
  const head = "d  the load generator's rate: open loop, constant, counted by the server";
  return `${head}\n${table([titles, ...rows], [1, 2, 3, 4, 5, 6])}`;
}

function conditions(result: BenchResult) {
  const { comparisons, rates, cloud, books, connections, seconds, node, pinning } = result;
  const blocks: Noisy[] = [
    ...[...comparisons, ...rates].flatMap((part): readonly Noisy[] => part.blocks),
    ...cloud,
    ...(books?.blocks ?? []),
  ];
  const compared = [
    `Both servers of a comparison run at once on one core, ${connections} keep-alive connections each,`,
    'so rps is half a core; ratio: requests per CPU-second, ours to the reference, within a block.',
  ];
  return [
    `Node ${node}, production mode, ${seconds} s a block; medians over the blocks, range in brackets.`,
    ...(comparisons.length === 0 ? [] : compared),
    pinning,
    ...(blocks.length === 0 ? [] : [noise(blocks)]),
  ];
}

function noise(blocks: readonly Noisy[]): string {
  const shares = blocks.flatMap(({ otherShare }) => otherShare ?? []);
  if (shares.length === 0) return 'How busy others kept this machine is unknown: it has no /proc.';
  const discarded = blocks.filter((block) => block.discarded).length;
  return (
    `Noise: other programs used ${shownSpread(hundredfold(spreadOf(shares)), 1)} % of the machine; ` +
    `${discarded} of ${blocks.length} blocks discarded (above ${maxOtherShare * 100} %).`
  );
}

interface Noisy {
  readonly otherShare: number | undefined;
  readonly discarded: boolean;
}

function limits({ comparisons, rates, cloud, books, page }: BenchResult): string[] {
  const lines = ['What this does not show'];
  if (comparisons.length > 0) {
    lines.push(
      '  One route that reads one cached row: a route that writes or waits has other costs beside it.',
      '  CPU at full load. Latency and what happens when something breaks are what compare is for.',
      '  a and b share no reference: Express and Fastify differ more than the shops around them.',
    );
  }
  if (rates.length > 0) {
    lines.push('  The rate towards a server that answers at once; a run checks its own rate anew.');
  }
  if (cloud.length > 0)
    lines.push(
      '  The cloud of a provider: this one is a process on this machine, and never ran beside it.',
    );
  if (books !== undefined)
    lines.push(
      '  Reports and events side by side, and books on a disk that is slow: it waits once a commit.',
    );
  if (page !== undefined)
    lines.push(
      '  A browser on another machine, as in a class: there it costs the shapes nothing at all.',
    );
  return lines;
}

const verdict = (met: boolean | null) => (met === null ? 'not measured' : met ? 'met' : 'not met');

const hundredfold = ({ median, min, max }: Spread): Spread => ({
  median: median * 100,
  min: min * 100,
  max: max * 100,
});
