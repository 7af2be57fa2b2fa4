// monolith/reader.ts: reads the shop's database for who asks by message, off the shop's own event loop.
// An entry of the zip; chassis/reader-ways.ts runs it as a thread or as a process.
import { parentPort as thread } from 'node:worker_threads';
import type { Value } from '@lab/shared/runtime/database.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { readConfig } from './config.ts';

/** A statement for `all`, with the number by which its answer is known. */
export interface Question {
  readonly id: number;
  readonly sql: string;
  readonly params: readonly Value[];
}

/** One answer a question; once, when the database is open, that it is. */
export type Told =
  | 'ready'
  | { readonly id: number; readonly rows: unknown[] }
  | { readonly id: number; readonly failure: string };

const opening = openOwnDatabase(import.meta.url, readConfig());

async function answer({ id, sql, params }: Question): Promise<void> {
  try {
    tell({ id, rows: await (await opening).all(sql, params) });
  } catch (error) {
    tell({ id, failure: (error as Error).message });
  }
}

function tell(message: Told): void {
  if (thread === null) process.send?.(message, () => {});
  else thread.postMessage(message);
}

/** Ctrl-C and a stop are for the shop to heed: it ends this once nobody asks any more. */
function outliveSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
  process.on('disconnect', () => process.exit());
  if (!process.connected) process.exit();
}

if (thread === null) outliveSignals();
(thread ?? process).on('message', answer);
await opening;
tell('ready');
