// page/page-table.ts: the load beside the console's page, open and closed, and whether the page grows.
// Called by bench/table.ts.
import { table } from '../../commands/lib/format.ts';
import { defaultLimits } from '../../load/summary.ts';
import { medianOf } from '../../statistics/quantile.ts';
import { shownSpread, spreadOf } from '../spread.ts';
import type { PageBlock, PageMinute, PageResult } from './measure-page.ts';

/** Of the generator that is measured, of customers in the monolith, and of those that a page shows. */
export const rates = { generatorRps: 1000, monolithRps: 100, shownRps: 50 } as const;

/** The page keeps two minutes: before the third it is not full yet. */
const FULL_AFTER = 3;
/** Of the heap, between the first full minutes and the last ones. */
export const MOST_GROWTH = 0.1;

/**
 * The lab's own limits for a generator that may be believed, held by the median with the page open, and
 * a heap that does not grow. Null for a page that was not watched for long enough.
 */
export function pageMet({ blocks, minutes }: PageResult): boolean | null {
  const open = blocks.filter((block) => block.open);
  const growth = growthOf(minutes);
  if (open.length === 0 || growth === undefined) return null;
  const { rateOffRatio, lagMsP99 } = defaultLimits;
  return (
    medianOf(open.map((block) => Math.abs(block.worstSecondOff))) <= rateOffRatio &&
    medianOf(open.map((block) => block.lagMsP99)) <= lagMsP99 &&
    growth <= MOST_GROWTH
  );
}

/** As a share of the first full minutes; undefined with fewer than twice three of them. */
export function growthOf(minutes: readonly PageMinute[]): number | undefined {
  const full = minutes.filter(({ minute }) => minute >= FULL_AFTER).map(({ heapMb }) => heapMb);
  if (full.length < 6) return undefined;
  return medianOf(full.slice(-3)) / medianOf(full.slice(0, 3)) - 1;
}

export function pageText(result: PageResult): string {
  const { blocks, minutes } = result;
  const { generatorRps, monolithRps } = rates;
  const head = `g  the console's page, over shapes at rest: ${generatorRps} requests a second beside it`;
  const rows = [
    ['', 'worst second %', 'lag p99 ms', `monolith at ${monolithRps}/s, p99 ms`],
    arm(
      'page closed',
      blocks.filter(({ open }) => !open),
    ),
    arm(
      'page open',
      blocks.filter(({ open }) => open),
    ),
    ['   limit', `${defaultLimits.rateOffRatio * 100}`, `${defaultLimits.lagMsP99}`, ''],
  ];
  return [head, table(rows, [1, 2, 3]), ...heldText(minutes)].join('\n');
}

function arm(name: string, blocks: readonly PageBlock[]): string[] {
  const shown = (pick: (block: PageBlock) => number, digits: number) =>
    blocks.length === 0 ? '' : shownSpread(spreadOf(blocks.map(pick)), digits);
  return [
    `   ${name}`,
    shown(({ worstSecondOff }) => Math.abs(worstSecondOff) * 100, 2),
    shown(({ lagMsP99 }) => lagMsP99, 2),
    shown(({ msP99 }) => msP99, 1),
  ];
}

function heldText(minutes: readonly PageMinute[]): string[] {
  if (minutes.length === 0) return [];
  const rows = minutes.map(({ minute, heapMb, nodes, cpuShare, serverMb }) => [
    `   ${minute}`,
    heapMb.toFixed(1),
    nodes.toFixed(0),
    `${(cpuShare * 100).toFixed(0)} %`,
    serverMb.toFixed(0),
  ]);
  const growth = growthOf(minutes);
  const verdict =
    growth === undefined
      ? 'Too short to say whether it grows: --minutes 8 or more.'
      : `From the first full minutes to the last the heap grew by ${(growth * 100).toFixed(1)} % (limit ${MOST_GROWTH * 100}).`;
  const titles = ['   minute', 'page heap MB', 'nodes', 'CPU of its thread', 'server MB'];
  const what = `   Open over ${rates.shownRps} requests a second on each of three shapes:`;
  return ['', what, table([titles, ...rows], [1, 2, 3, 4]), `   ${verdict}`];
}
