// reports/journal.ts: all events that came, a line each, beside the columns that are made of them.
// Written by books.ts before they are committed; read by open-books.ts when the columns lack some.
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';

/** What books are begun with: so many orders of the time before a day (2026-11-29, UTC). */
export interface Past {
  readonly count: number;
  readonly day: string;
}

export interface Journal {
  readonly path: string;
  /** Notes it where nothing is noted yet. @returns what the books were begun with */
  begin(past: Past): Promise<Past>;
  /** Resolves when they are on disk. */
  write(events: readonly OrderEvent[]): Promise<void>;
  /** In bytes; 0 where there is no file. */
  size(): Promise<number>;
}

/** @returns undefined for books in rows: their database keeps its own */
export function journalBeside(databaseUrl: string): Journal | undefined {
  if (!databaseUrl.startsWith('duckdb:')) return undefined;
  const [database = ''] = databaseUrl.slice('duckdb:'.length).split('?', 1);
  return createJournal(`${resolve(database)}.events`);
}

function createJournal(path: string): Journal {
  return {
    path,
    async begin(past) {
      for await (const line of linesOf(path)) return entryIn(line)?.past ?? past;
      await append(path, [{ past }]);
      return past;
    },
    write: (events) => append(path, events),
    size: () =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
  };
}

/** Opened for each batch, so that nobody has to close it. */
async function append(path: string, entries: readonly object[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    await endLine(file);
    await file.appendFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** What was cut short, by a kill or a full disk, is a line of its own, which cannot be read. */
async function endLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
  if (size > 0 && buffer.toString() !== '\n') await file.appendFile('\n');
}

/**
 * In batches, oldest first; nothing where there is no file. What cannot be read is left out.
 * @param from byte; where it is within a line, the next one is the first
 * @param onUnreadable called for each line that is no event
 */
export async function* journalled(
  { path }: Pick<Journal, 'path'>,
  atOnce: number,
  from = 0,
  onUnreadable = () => {},
): AsyncGenerator<OrderEvent[]> {
  let batch: OrderEvent[] = [];
  // From the byte before: its line, whole or empty, is not wanted.
  let isWanted = from === 0;
  for await (const line of linesOf(path, Math.max(0, from - 1))) {
    const { past, event } = entryIn(line) ?? {};
    if (isWanted && event !== undefined) batch.push(event);
    else if (isWanted && past === undefined) onUnreadable();
    isWanted = true;
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** None where there is no file. */
async function* linesOf(path: string, start = 0): AsyncGenerator<string> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  try {
    if (file !== undefined) yield* file.readLines({ start, autoClose: false });
  } finally {
    await file?.close();
  }
}

interface Entry {
  readonly past?: Past | undefined;
  readonly event?: OrderEvent;
}

/** @returns undefined for what is no JSON */
function entryIn(line: string): Entry | undefined {
  try {
    const value = JSON.parse(line) as (OrderEvent & Entry) | null;
    // It was held against the contract when it came: that of today may ask for more.
    const isEvent = typeof value?.id === 'string' && Array.isArray(value.data?.lines);
    return isEvent ? { event: value } : { past: pastIn(value) };
  } catch {
    return undefined;
  }
}

function pastIn(value: Entry | null): Past | undefined {
  const { count, day } = value?.past ?? {};
  const isPast = Number.isSafeInteger(count) && !Number.isNaN(Date.parse(String(day)));
  return isPast ? value?.past : undefined;
}
