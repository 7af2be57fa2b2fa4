// cloud/cloud-table.ts: what the local cloud carries, as two calm tables.
// Called by bench/table.ts.
import { table } from '../../commands/lib/format.ts';
import { shownSpread, spreadOf } from '../spread.ts';
import type { CloudBlock } from './measure-cloud.ts';
import { askers } from './queues.ts';

export function cloudText(all: readonly CloudBlock[]): string {
  const blocks = all.filter(({ discarded }) => !discarded);
  const head = 'e  the local cloud, beside the barest server and process there are';
  if (blocks.length === 0) return `${head}\n   not measured: every block was discarded`;
  return [head, queueTable(blocks), '', timesTable(blocks), ...notes].join('\n');
}

const notes = [
  `   ${askers} askers; messages of 600 bytes are sent, received and deleted: three requests for one, or ten.`,
  '   Of the limit: requests per CPU-second, of those of node:http with one such body each way.',
  '   The SDK works in the caller, here: it slows the caller, and costs the queue next to nothing.',
];

function queueTable(blocks: readonly CloudBlock[]): string {
  const [first] = blocks as [CloudBlock];
  const rows = first.throughputs.map(({ name }, at) => {
    const spread = (pick: 'messagesPerSecond' | 'cpuUs' | 'ofTheLimit') =>
      spreadOf(blocks.map(({ throughputs }) => throughputs[at]?.[pick] ?? Number.NaN));
    const isBare = at === 0;
    return [
      `   ${name}`,
      shownSpread(spread('messagesPerSecond'), 0),
      shownSpread(spread('cpuUs'), 0),
      isBare ? '1' : shownSpread(spread('ofTheLimit'), 2),
    ];
  });
  return table([['   SQS', 'messages/s', 'CPU-µs each', 'of the limit'], ...rows], [1, 2, 3]);
}

function timesTable(blocks: readonly CloudBlock[]): string {
  const line = (name: string, value: Pick, limit: Pick, limitName: string, digits: number) => [
    `   ${name}`,
    shownSpread(spreadOf(blocks.map(value)), digits),
    `${limitName} ${shownSpread(spreadOf(blocks.map(limit)), digits)}`,
    shownSpread(spreadOf(blocks.map((block) => value(block) / limit(block))), 1),
  ];
  const bare: Pick = ({ bareMs }) => bareMs;
  const rows = [
    ['   Lambda', 'p50, ms', 'limit, ms', 'times the limit'],
    line('warm invocation', ({ warmMs }) => warmMs, bare, 'node:http', 2),
    line('the same, SDK', ({ warmSdkMs }) => warmSdkMs, bare, 'node:http', 2),
    line(
      'cold start',
      ({ coldMs }) => coldMs,
      (block) => block.bareStartMs,
      'node -e 0',
      0,
    ),
  ];
  const drained = spreadOf(blocks.map((block) => block.drainedPerSecond));
  const sent = spreadOf(blocks.map(limitOfDrain));
  const drain = `   A mapping drains ${shownSpread(drained, 0)} messages a second, ten an invocation`;
  return `${table(rows, [1, 3])}\n${drain}:\n   ${shownSpread(sent, 2)} invocations for each request that node:http answers alone.`;
}

type Pick = (block: CloudBlock) => number;

/** Invocations a second, of the requests a second of the bare server. */
const limitOfDrain: Pick = ({ drainedPerSecond, throughputs }) =>
  drainedPerSecond / 10 / (throughputs[0]?.messagesPerSecond ?? Number.NaN);
