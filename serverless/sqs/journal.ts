// sqs/journal.ts: every change in a file, one JSON line each, so that a restart loses nothing.
// Opened by server.ts; commit in sqs.ts appends before it changes anything.
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { UnusableDatabase } from '@lab/shared/runtime/database-errors.ts';
import { apply } from './apply.ts';
import type { Entry } from './entry.ts';
import type { Queue } from './queue.ts';
import { snapshot } from './snapshot.ts';

export interface Journal {
  /**
   * Returns when the kernel has the line. There is no fsync: the death of this process loses
   * nothing, a power cut may.
   * @throws Error of the file system; from then on always, as the end of the file is unknown
   */
  append(entry: Entry): void;
  close(): void;
}

/** For a server that may forget. */
export const noJournal: Journal = { append: () => {}, close: () => {} };

/**
 * Reads a journal, writes it anew without what no longer matters, and goes on from there.
 * @param file made when it is not there; its folder must be
 * @returns the journal and the entries that lead to the queues of before
 * @throws UnusableDatabase naming file and line when a line in the middle is damaged
 */
export function openJournal(file: string, nowMs: number): { journal: Journal; entries: Entry[] } {
  const before = new Map<string, Queue>();
  for (const [index, entry] of readEntries(file).entries())
    orDamaged(file, index, () => apply(before, entry));
  const entries = snapshot(before, nowMs);
  // In one step: a crash in between leaves the old file.
  writeFileSync(`${file}.new`, entries.map(lineOf).join(''));
  renameSync(`${file}.new`, file);
  // Parsed again: the entries above share their messages with `before`, which read them into states.
  return { journal: appendTo(file), entries: readEntries(file) };
}

function appendTo(file: string): Journal {
  const descriptor = openSync(file, 'a');
  let broken: unknown;
  return {
    append(entry) {
      if (broken !== undefined) throw broken;
      try {
        appendFileSync(descriptor, lineOf(entry));
      } catch (error) {
        broken = error;
        throw error;
      }
    },
    close: () => closeSync(descriptor),
  };
}

/** What follows the last line end was torn by a crash: nobody was told that it happened. */
function readEntries(file: string): Entry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => orDamaged(file, index, () => JSON.parse(line) as Entry));
}

function orDamaged<Result>(file: string, index: number, use: () => Result): Result {
  try {
    return use();
  } catch {
    throw new UnusableDatabase(
      `${file}:${index + 1} is damaged: move the file away to begin with empty queues, ` +
        'or start with --fresh to forget all data.',
    );
  }
}

function lineOf(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}
