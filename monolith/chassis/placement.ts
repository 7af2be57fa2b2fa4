// chassis/placement.ts: where reports are read: on this loop, in a thread, or in a process of their own.
// Called by server.ts; reports ask what it returns as they would ask the database itself.
import { extname } from 'node:path';
import type { Database, Value } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { MonolithConfig } from '../config.ts';
import { keepReader } from './reader-keeper.ts';
import { ways } from './reader-ways.ts';

/** What reports read from. */
export interface Placement {
  /** The shop's database, save that somebody else may answer its reads. */
  readonly books: Database;
  close(): Promise<void>;
}

/**
 * With `worker` and `process`, reads are answered by reader.ts, which opens DATABASE_URL by itself:
 * docs/decisions/0037
 * @param entry the `import.meta.url` of the server: the reader lies beside it, with the same ending
 * @throws UnusableDatabase when the reader does not come up
 */
export async function placeReports(
  db: Database,
  placement: MonolithConfig['REPORTS_PLACEMENT'],
  entry: string,
  log: Logger,
): Promise<Placement> {
  if (placement === 'loop') return { books: db, close: async () => {} };
  const start = ways[placement];
  const program = new URL(`./reader${extname(new URL(entry).pathname)}`, entry);
  const { all, close } = await keepReader((listener) => start(program, listener), log);
  const get = async <Row>(sql: string, params?: readonly Value[]) =>
    (await all<Row>(sql, params))[0];
  return { books: { ...db, all, get }, close };
}
