// columns/question.ts: what is asked of every store, the same of all: a count and a sum of some columns.
// Answered by the stores of this folder; two stores that agree have the same digest.
import { createHash } from 'node:crypto';
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import type { Node } from '@lab/shared/dremel/schema.ts';

/** Of one column: how many values there are, and their sum; of text the sum of its lengths. */
export interface Total {
  count: number;
  sum: number;
}

export type Totals = ReadonlyMap<string, Total>;

/** The columns that hold whole numbers; the others hold text. */
export const wholeNumbers: ReadonlySet<string> = new Set([
  ...['totalCents', 'taxCents', 'shippingCents', 'coupons.cents'],
  ...['lines.quantity', 'lines.unitPriceCents', 'lines.totalCents', 'lines.discounts.cents'],
]);

/** What a report wants first. */
const asked = [
  ...['lines.totalCents', 'lines.category', 'placedAt', 'lines.quantity', 'status'],
  ...['totalCents', 'lines.unitPriceCents', 'channel', 'delivery.country', 'customer.segment'],
];

/** All forty, in the order in which a question of k columns takes its own. */
export const columnsInOrder: readonly string[] = [
  ...asked,
  ...archivedOrder.columns.map(({ path }) => path).filter((path) => !asked.includes(path)),
];

export const firstColumns = (k: number): string[] => columnsInOrder.slice(0, k);

export const columnOf = (path: string): Node => {
  const found = archivedOrder.columns.find((column) => column.path === path);
  if (found === undefined) throw new RangeError(`There is no column "${path}".`);
  return found;
};

/** An empty total for each column asked for. */
export const noTotals = (paths: readonly string[]): Map<string, Total> =>
  new Map(paths.map((path) => [path, { count: 0, sum: 0 }]));

export function add(total: Total, value: unknown): void {
  if (value === null || value === undefined) return;
  total.count += 1;
  total.sum += typeof value === 'number' ? value : String(value).length;
}

/** The columns of one nested record. */
export function addRecord(totals: Totals, record: object): void {
  for (const [path, total] of totals) addPath(total, record, path.split('.'), 0);
}

function addPath(total: Total, value: unknown, names: readonly string[], at: number): void {
  if (Array.isArray(value)) for (const one of value) addPath(total, one, names, at);
  else if (at === names.length) add(total, value);
  else if (typeof value === 'object' && value !== null)
    addPath(total, (value as Record<string, unknown>)[names[at] as string], names, at + 1);
}

/** The same for the same totals, whoever counted them. */
export function digestOf(totals: Totals): string {
  const lines = [...totals].map(([path, { count, sum }]) => `${path} ${count} ${sum}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
