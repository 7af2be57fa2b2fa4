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
  close(): Promise<void>;
}

/** @returns undefined for books in rows: their database keeps its own */
export function journalBeside(databaseUrl: string): Journal | undefined {
  if (!databaseUrl.startsWith('duckdb:')) return undefined;
  const [database = ''] = databaseUrl.slice('duckdb:'.length).split('?', 1);
  return createJournal(`${resolve(database)}.events`);
}

function createJournal(path: string): Journal {
  let opened: Promise<FileHandle> | undefined;
  return {
    path,
    async begin(past) {
      for await (const line of linesOf(path)) return pastIn(line) ?? past;
      await write([{ past }]);
      return past;
    },
    write,
    close,
  };

  async function write(entries: readonly object[]): Promise<void> {
    opened ??= openToAppend(path);
    try {
      const file = await opened;
      await file.appendFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      await file.datasync();
    } catch (error) {
      // Opened anew, so that half a line ends before the next one begins.
      await close();
      throw error;
    }
  }

  async function close() {
    const closing = opened;
    opened = undefined;
    await closing?.then((file) => file.close()).catch(() => {});
  }
}

/** What was cut short, by a kill or a full disk, is a line of its own, which cannot be read. */
async function openToAppend(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    if (size > 0 && buffer.toString() !== '\n') await file.appendFile('\n');
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
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
    if (pastIn(line) !== undefined) continue;
    const event = eventIn(line);
    if (event === undefined) onUnreadable();
    else batch.push(event);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** None where there is no file. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  if (await isThere(file)) yield* createInterface({ input: file });
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

function eventIn(line: string): OrderEvent | undefined {
  const { id, data } = (parsed(line) ?? {}) as Partial<OrderEvent>;
  // It was held against the contract when it came: that of today may ask for more.
  const isWhole = typeof id === 'string' && Array.isArray(data?.lines);
  return isWhole ? (parsed(line) as OrderEvent) : undefined;
}

const pastIn = (line: string): Past | undefined => (parsed(line) as { past?: Past } | null)?.past;

/** @returns undefined for what is no JSON */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
