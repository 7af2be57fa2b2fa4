// books/books-table.ts: events entered, beside the bare appender, and what the books hold.
// Called by bench/table.ts.
import { table } from '../../commands/lib/format.ts';
import { shownSpread, spreadOf } from '../spread.ts';
import { pairs } from './book-arms.ts';
import type { BooksBlock, BooksResult, Held } from './measure-books.ts';

export function booksText({ held, blocks: all }: BooksResult): string {
  const blocks = all.filter(({ discarded }) => !discarded);
  const head =
    'f  the books of reports: events entered in columns, beside the engine’s bare appender';
  const entered =
    blocks.length === 0 ? '   not measured: every block was discarded' : enteredTable(blocks);
  return [head, entered, '', heldTable(held)].join('\n');
}

function enteredTable(blocks: readonly BooksBlock[]): string {
  const rows = pairs.flatMap(({ service, limit }) => {
    const ratio = spreadOf(blocks.map((block) => cpuOf(block, limit) / cpuOf(block, service)));
    return [line(blocks, limit, '1'), line(blocks, service, shownSpread(ratio, 2))];
  });
  const head = ['', 'events/s', 'CPU-µs each', 'of the limit'];
  return [
    table([head, ...rows], [1, 2, 3]),
    '   An event is committed when it is answered, with its id, its order and its lines.',
    '   Of the limit: events per CPU-second, of those of the appender that commits as many at once.',
  ].join('\n');
}

function line(blocks: readonly BooksBlock[], name: string, ratio: string): string[] {
  const rates = blocks.map((block) => entryOf(block, name)?.eventsPerSecond ?? Number.NaN);
  const cpu = blocks.map((block) => cpuOf(block, name));
  return [`   ${name}`, shownSpread(spreadOf(rates), 0), shownSpread(spreadOf(cpu), 0), ratio];
}

const entryOf = ({ entered }: BooksBlock, name: string) => entered.find((one) => one.name === name);
const cpuOf = (block: BooksBlock, name: string) => entryOf(block, name)?.cpuUs ?? Number.NaN;

function heldTable({ pastOrders, readyMs, idleBytes, askedBytes, reports }: Held): string {
  const orders = pastOrders.toLocaleString('en');
  const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
  const times = reports.map(({ name, medianMs }) => `${name} ${medianMs.toFixed(0)} ms`);
  return [
    `   With ${orders} past orders: ready ${(readyMs / 1000).toFixed(1)} s after its start, filled then;`,
    `   ${mb(idleBytes)} MB resident, ${mb(askedBytes)} MB after reports: ${times.join(', ')}.`,
  ].join('\n');
}
