// dremel/make-lessons.ts: the two examples of the page, with sizes of files that are really written.
// Called by `npm run lab -- dremel`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { archivedOrder, archivedOrderFields } from '@lab/shared/dremel/archived-order.ts';
import { documentFields, r1, r2 } from '@lab/shared/dremel/paper.ts';
import { schemaOf } from '@lab/shared/dremel/schema.ts';
import type { NestedRecord } from '@lab/shared/dremel/shred.ts';
import { type ArchivedOrder, archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { columns as columnStore } from '../../columns/column-stores.ts';
import { bytesIn } from '../../columns/parquet-bytes.ts';
import { parquetFile } from '../../columns/parquet-file.ts';
import { wholeNumbers } from '../../columns/question.ts';
import { binaryRows, jsonRows } from '../../columns/row-stores.ts';
import type { Store } from '../../columns/store.ts';
import type { Figure } from '../../lab/figure.ts';
import { count as asWords, plural } from '../../report/figures.ts';
import type { Lesson, StoredFile } from './model/lesson.ts';
import { moreFields } from './more-fields.ts';
import { type Folders, timingsOf } from './time-presets.ts';

export interface OrdersAsked {
  readonly seed: number;
  readonly count: number;
}

/** Past orders end here, so that a seed gives the same bytes every day. */
const BEFORE = '2026-11-22T00:00:00.000Z';

export const ordersFor = ({ seed, count }: OrdersAsked): ArchivedOrder[] => [
  ...archivedOrders({ seed, count, before: BEFORE }),
];

export interface Lessons {
  /** An order of the shop, then the paper's example. */
  readonly lessons: readonly Lesson[];
  /** Of all orders of the first. */
  readonly figures: readonly Figure[];
}

/** @param root an empty folder, to be deleted by who gave it */
export async function makeLessons(asked: OrdersAsked, root: string): Promise<Lessons> {
  const orders = ordersFor(asked);
  const folders: Folders = new Map();
  for (const store of [jsonRows, binaryRows, columnStore])
    folders.set(store.name, await written(store, root, orders));
  const order = await shopLesson(asked, orders, folders);
  return { lessons: [order, paperLesson()], figures: await moreFields(order, folders) };
}

const orderPresets = [
  { name: '1 field', paths: ['totalCents'] },
  { name: 'revenue by category', paths: ['lines.category', 'lines.totalCents'] },
  { name: 'all', paths: archivedOrder.columns.map(({ path }) => path) },
];

async function shopLesson(
  { seed, count }: OrdersAsked,
  orders: readonly ArchivedOrder[],
  folders: Folders,
): Promise<Lesson> {
  const order = tellingOrder(orders);
  const files = [
    await rowFile(jsonRows, folders, 'orders.ndjson, an order a line'),
    await rowFile(binaryRows, folders, 'orders.msgpack, without quotes and braces'),
    await stripeFiles(folders),
    parquetRow(orders as unknown as NestedRecord[]),
  ];
  return {
    title: 'An order',
    about: `Order ${asWords(orders.indexOf(order) + 1)} of the shop’s ${asWords(count)}, made up from seed ${seed}.`,
    fields: archivedOrderFields,
    records: [{ name: 'order', record: order as unknown as NestedRecord }],
    presets: orderPresets,
    stored: {
      what: plural(count, 'order'),
      files,
      note:
        'Plain columns code each value as the binary rows do, but write no names of fields: that much is ' +
        'the layout’s own. Parquet adds dictionaries and a codec.',
      timings: await timingsOf(folders, orderPresets),
    },
  };
}

/** An order that shows most: lists within lists, one of them missing; the shortest of those. */
function tellingOrder(orders: readonly ArchivedOrder[]): ArchivedOrder {
  const telling = orders.filter(
    ({ lines, coupons }) =>
      coupons !== undefined &&
      lines.some(({ discounts = [] }) => discounts.length > 1) &&
      lines.some(({ discounts }) => discounts === undefined),
  );
  const length = (order: ArchivedOrder) => JSON.stringify(order).length;
  const [shortest] = telling.sort((one, other) => length(one) - length(other));
  return shortest ?? (orders[0] as ArchivedOrder);
}

async function written(store: Store, root: string, orders: readonly ArchivedOrder[]) {
  const folder = join(root, store.name);
  mkdirSync(folder);
  await store.write(folder, orders);
  return folder;
}

/** Rows are read whole: the bytes of any question are those of the file. */
async function rowFile(store: Store, folders: Folders, about: string): Promise<StoredFile> {
  const { bytesRead } = await store.total(folders.get(store.name) as string, ['id']);
  return { name: store.name, about, bytes: bytesRead, alwaysBytes: bytesRead, columns: {} };
}

async function stripeFiles(folders: Folders): Promise<StoredFile> {
  const columns: Record<string, number> = {};
  for (const { path } of archivedOrder.columns) {
    const answer = await columnStore.total(folders.get(columnStore.name) as string, [path]);
    columns[path] = answer.bytesRead;
  }
  const bytes = Object.values(columns).reduce((sum, one) => sum + one, 0);
  const about = 'a file a column: values as in the binary rows, and a byte for each level';
  return { name: 'plain columns', about, bytes, alwaysBytes: 0, columns };
}

function parquetRow(
  records: readonly NestedRecord[],
  schema = archivedOrder,
  whole = wholeNumbers,
): StoredFile {
  const file = parquetFile(schema, records, whole);
  const about = 'one file; columns with dictionaries and Snappy, and a footer that is always read';
  return { name: 'Parquet', about, bytes: file.byteLength, ...bytesIn(file) };
}

function paperLesson(): Lesson {
  const json = Buffer.byteLength(`${JSON.stringify(r1)}\n${JSON.stringify(r2)}\n`);
  const whole = new Set(['DocId', 'Links.Backward', 'Links.Forward']);
  const schema = schemaOf(documentFields);
  return {
    title: 'The paper’s example',
    about: 'The schema Document and its records r1 and r2: figures 2 to 5 of Melnik et al., 2010.',
    fields: documentFields,
    records: [
      { name: 'r1', record: r1 },
      { name: 'r2', record: r2 },
    ],
    presets: [
      { name: '1 field', paths: ['DocId'] },
      { name: 'as in figure 5', paths: ['DocId', 'Name.Language.Country'] },
      { name: 'all', paths: schema.columns.map(({ path }) => path) },
    ],
    stored: {
      what: 'two records',
      note: 'Two records are too few for columns to win: what Parquet writes about them outweighs them.',
      files: [
        {
          ...{ name: 'JSON rows', about: 'a record a line' },
          bytes: json,
          alwaysBytes: json,
          columns: {},
        },
        parquetRow([r1, r2], schema, whole),
      ],
      timings: [],
    },
  };
}
