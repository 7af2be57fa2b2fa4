// reports/journal.ts: all events that came, a line each, beside the columns that are made of them.
// Written by books.ts before it enters them; read by open-books.ts when the columns were damaged.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
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
 * @param onUnreadable called for each line that is no event
 */
export async function* journalled(
  { path }: Pick<Journal, 'path'>,
  atOnce: number,
  onUnreadable: () => void,
): AsyncGenerator<OrderEvent[]> {
  let batch: OrderEvent[] = [];
  for await (const line of linesOf(path)) {
    const { past, event } = entryIn(line) ?? {};
    if (event !== undefined) batch.push(event);
    else if (past === undefined) onUnreadable();
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** None where there is no file. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  try {
    if (await isThere(file)) yield* createInterface({ input: file });
  } finally {
    file.destroy();
  }
}

async function isThere(file: ReturnType<typeof createReadStream>): Promise<boolean> {
  try {
    await once(file, 'open');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
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
    return isEvent ? { event: value } : { past: value?.past };
  } catch {
    return undefined;
  }
}
