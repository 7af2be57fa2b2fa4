// reports-beside-checkout/figures.ts: how much a report costs who buys, and how long who reads it waits.
// Called by the experiment with the accepted blocks; pure.
import type { Figure, IntervalsFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { type Column, metricsTable, rowOf, shown } from '../../lab/shown.ts';
import { valuesOf } from '../../lab/values.ts';
import { BURST, EVERY_MS } from './law.ts';
import { allPlans, LOOP } from './plans.ts';

const forBuyers: readonly Column[] = [
  ['p99WithoutMs', 'p99 without', 'ms'],
  ['p99WithMs', 'one a second', 'ms'],
  ['p99Ratio', '', '×'],
  ['p99BurstMs', 'in the burst', 'ms'],
  ['p99BurstRatio', '', '×'],
  ['goodputRatio', 'goodput, one a second', '×'],
  ['goodputBurstRatio', 'in the burst', '×'],
];
const forReaders: readonly Column[] = [
  ['reportAloneMs', 'alone', 'ms'],
  ['reportMsP50', 'one a second, p50', 'ms'],
  ['reportMsMax', 'slowest', 'ms'],
  ['burstDoneMs', 'burst done after', 'ms'],
  ['burstInLine', 'of thirty in line', '×'],
  ['lagMsMax', 'behind, at most', 'ms'],
  ['walWithoutMb', 'WAL without', 'MB'],
  ['walMb', 'at the end', 'MB'],
];

export function figuresOf(blocks: readonly Block[]): readonly Figure[] {
  const arms = measuredIn(blocks);
  return [
    ratios(blocks),
    metricsTable(blocks, arms, forBuyers, {
      title: 'Who buys',
      caption: 'Goodput: ok within the SLO, against none. Medians.',
    }),
    metricsTable(blocks, arms, forReaders, {
      title: 'Who reads reports',
      caption:
        `${BURST} at once are the burst. Behind: the newest order that is missing, of those that were ` +
        'confirmed before the report was asked for. WAL: of the orders’ SQLite file. Medians.',
    }),
  ];
}

export function sentenceOf(blocks: readonly Block[]): string {
  const of = (arm: string, metric: string, unit: string) => shown(blocks, arm, metric, unit);
  const ratio = (arm: string) => of(arm, 'p99Ratio', '×');
  const alone = (arm: string) => of(arm, 'reportAloneMs', 'ms');
  return (
    `A report a second takes checkout’s p99 to ${ratio(LOOP)} on the event loop, ` +
    `${ratio('monolith, worker')} from a thread, ${ratio('monolith, process')} from a process and ` +
    `${ratio('microservices, DuckDB')} from a service on columns; one report takes ${alone(LOOP)}, ` +
    `${alone('monolith, worker')}, ${alone('monolith, process')} and ` +
    `${alone('microservices, DuckDB')}.`
  );
}

function ratios(blocks: readonly Block[]): IntervalsFigure {
  return {
    kind: 'intervals',
    title: 'What reports do to the p99 of checkout',
    caption:
      `The p99 with reports as a multiple of that without, in one load. First one report every ` +
      `${EVERY_MS / 1000} s, then ${BURST} at once.`,
    x: { label: 'p99 with ÷ without', unit: '×' },
    neutral: 1,
    rows: allPlans.flatMap(({ name }) => [
      ...rowOf(blocks, name, 'p99Ratio', 'one a second'),
      ...rowOf(blocks, name, 'p99BurstRatio', 'burst'),
    ]),
  };
}

/** In the order of the plans; a quick run measures some of them. */
function measuredIn(blocks: readonly Block[]): string[] {
  const names = allPlans.map(({ name }) => name);
  return names.filter((name) => valuesOf(blocks, name, 'p99Ratio').length > 0);
}
