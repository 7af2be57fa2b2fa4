// load/results.ts: the raw rows, one JSON line a request, from which every report is recomputed.
// Written by the attack process, read back by the reports.
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Feature } from '@lab/shared/contract/operation.ts';
import type { Outcome } from './outcome.ts';

/** Names are short because a run writes hundreds of thousands; times are ms, three decimals. */
export interface Row {
  /** Intended send time since the start of the run. */
  readonly t: number;
  /** Sent − intended: how late the generator was. */
  readonly lag: number;
  /** Latency from the intended time to the end of the body, the failure or the deadline. */
  readonly ms: number;
  /** Operation id of the contract. */
  readonly op: string;
  readonly feature: Feature;
  readonly outcome: Outcome;
  /** HTTP status, 0 where none came. */
  readonly status: number;
  readonly reason?: string;
  readonly orderId?: string;
}

export interface RowsWriter {
  write(row: Row): void;
  /** Resolves when every row is with the operating system. @throws what the disk threw */
  close(): Promise<void>;
}

const FLUSH_BYTES = 64 * 1024;
const FLUSH_EVERY_MS = 1000;

/** Creates or replaces `file`. A killed process loses at most its last second of rows. */
export function openRows(file: string): RowsWriter {
  const stream = createWriteStream(file);
  let failure: Error | undefined;
  let buffered = '';
  stream.on('error', (error) => {
    failure = error;
  });
  const flush = () => {
    if (buffered !== '') stream.write(buffered);
    buffered = '';
  };
  const timer = setInterval(flush, FLUSH_EVERY_MS).unref();
  return {
    write(row) {
      buffered += `${JSON.stringify(row)}\n`;
      if (buffered.length >= FLUSH_BYTES) flush();
    },
    async close() {
      clearInterval(timer);
      if (failure !== undefined) throw failure;
      flush();
      stream.end();
      await finished(stream);
    },
  };
}

/** Reads rows in file order; a last line cut short by a killed writer is left out. */
export async function* readRows(file: string): AsyncGenerator<Row> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Row;
  }
}
