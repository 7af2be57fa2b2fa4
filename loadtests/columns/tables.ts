// columns/tables.ts: a nested order as rows of flat tables, one a repeated group.
// Called by the stores that speak SQL.
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import type { Node } from '@lab/shared/dremel/schema.ts';
import { add, columnOf, type Totals, wholeNumbers } from './question.ts';

export interface Table {
  /** `orders`, or the path of the repeated group: `lines_discounts`. */
  readonly name: string;
  /** Paths; each is a column of the table. */
  readonly paths: readonly string[];
}

/** The rows that one order adds to each table; each begins with the order's number. */
export type Rows = ReadonlyMap<string, readonly Cell[][]>;
export type Cell = string | number | null;

const groupOf = (node: Node): Node =>
  node.repetition === 'repeated' || node.parent === undefined ? node : groupOf(node.parent);
const nameOf = (group: Node) => (group.path === '' ? 'orders' : group.path.replaceAll('.', '_'));

export const tables: readonly Table[] = tablesOf(archivedOrder.columns);

function tablesOf(columns: readonly Node[]): Table[] {
  const found = new Map<string, string[]>();
  for (const column of columns) {
    const name = nameOf(groupOf(column));
    found.set(name, [...(found.get(name) ?? []), column.path]);
  }
  return [...found].map(([name, paths]) => ({ name, paths }));
}

export const sqlName = (path: string): string => `"${path.replaceAll('.', '_')}"`;
export const isWhole = (path: string): boolean => wholeNumbers.has(path);

/** `"totalCents" INTEGER` … after the order's number, which is no column of the question. */
export const createTable = ({ name, paths }: Table): string => {
  const columns = paths.map((path) => `${sqlName(path)} ${isWhole(path) ? 'INTEGER' : 'TEXT'}`);
  return `CREATE TABLE ${name} (order_number INTEGER NOT NULL, ${columns.join(', ')})`;
};

export const createIndex = ({ name }: Table): string =>
  `CREATE INDEX ${name}_by_order ON ${name} (order_number)`;

export const insertInto = ({ name, paths }: Table): string =>
  `INSERT INTO ${name} VALUES (?${', ?'.repeat(paths.length)})`;

export function rowsOf(order: object, number: number): Rows {
  const rows = new Map<string, Cell[][]>(tables.map(({ name }) => [name, []]));
  collect(archivedOrder.root, order as Record<string, unknown>, number, rows);
  return rows;
}

/** One row for this group, and those of the repeated groups in it. */
function collect(
  group: Node,
  value: Record<string, unknown>,
  number: number,
  rows: Map<string, Cell[][]>,
): void {
  const row: Cell[] = [number];
  const visit = (node: Node, part: Record<string, unknown>): void => {
    for (const field of node.fields) {
      const one = part[field.name];
      if (field.repetition === 'repeated')
        for (const item of (one ?? []) as Record<string, unknown>[])
          collect(field, item, number, rows);
      else if (field.fields.length > 0) visit(field, (one ?? {}) as Record<string, unknown>);
      else row.push((one ?? null) as Cell);
    }
  };
  visit(group, value);
  rows.get(nameOf(group))?.push(row);
}

export interface Question {
  readonly table: string;
  /** Those of its columns that are asked for. */
  readonly chosen: readonly string[];
  /** What to select: a count and a sum for each of them, or they themselves. */
  readonly sums: string;
  readonly columns: string;
}

/** One a table that has some of the columns asked for. */
export function questionsFor(paths: readonly string[]): Question[] {
  return tables.flatMap(({ name, paths: own }) => {
    const chosen = own.filter((path) => paths.includes(path));
    if (chosen.length === 0) return [];
    const parts = chosen.map((path) => {
      const column = sqlName(path);
      return `count(${column}), sum(${isWhole(path) ? column : `length(${column})`})`;
    });
    const columns = chosen.map(sqlName).join(', ');
    return [{ table: name, chosen, sums: parts.join(', '), columns }];
  });
}

/** @param values a count and a sum for each of the columns, in turn */
export function take(totals: Totals, chosen: readonly string[], values: readonly unknown[]): void {
  for (const [at, path] of chosen.entries()) {
    const total = totals.get(columnOf(path).path);
    if (total === undefined) continue;
    total.count = Number(values[2 * at]);
    total.sum = Number(values[2 * at + 1]);
  }
}

/** One row that was fetched, with these columns. */
export function addRow(totals: Totals, chosen: readonly string[], row: readonly unknown[]): void {
  for (const [at, path] of chosen.entries()) {
    const total = totals.get(path);
    if (total !== undefined) add(total, row[at]);
  }
}
