// The Database on SQLite: one writer that requests take in turn, one reader that never waits.
// Called by openDatabase in database.ts; a statement here is synchronous and takes microseconds.
import type SqliteFile from 'better-sqlite3';
import type { Database, DatabaseOptions, Queries, Value } from './database.ts';
import { type FifoLock, fifoLock } from './fifo-lock.ts';
import { guardedTransaction } from './guarded-transaction.ts';
import { connectSqlite } from './sqlite-connections.ts';
import { sqliteFaults } from './sqlite-faults.ts';
import { allRows, changesOf, firstRow, type Prepare, preparing } from './sqlite-statements.ts';

const NO_PARAMS: readonly Value[] = [];
/** Longer than any healthy transaction; turns one that waits for itself into an error. */
const LOCK_WAIT_MS = 10_000;

/**
 * Opens the file that `options.url` names.
 * @throws UnusableDatabase with one sentence for a person
 */
export function openSqlite(options: DatabaseOptions): Database {
  const { writer, reader } = connectSqlite(options);
  const lock = fifoLock();
  const onReader = preparing(reader);
  const onWriter = preparing(writer);
  const inTransaction = writerQueries(onWriter);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await lock.take();
    reader.close();
    writer.close(); // the last to leave folds the WAL back into the file
    lock.give();
  }

  return {
    kind: 'sqlite',
    ...routedQueries(onReader, onWriter, lock),
    transaction: (work) =>
      whenFree(lock, () => committed(writer, () => guardedTransaction(inTransaction, work))),
    faults: sqliteFaults({
      reader,
      addon: options.sqliteAddon,
      lend: (work) => whenFree(lock, work),
    }),
    async ping() {
      firstRow(onReader('SELECT 1'), NO_PARAMS);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Outside a transaction: a SELECT goes to the reader at once, all else waits for the writer. */
function routedQueries(onReader: Prepare, onWriter: Prepare, lock: FifoLock): Queries {
  return {
    async all<Row>(sql: string, params = NO_PARAMS) {
      const prepared = onReader(sql);
      if (prepared.reads) return allRows(prepared, params) as Row[];
      return (await whenFree(lock, () => allRows(onWriter(sql), params))) as Row[];
    },
    async get<Row>(sql: string, params = NO_PARAMS) {
      const prepared = onReader(sql);
      if (prepared.reads) return firstRow(prepared, params) as Row | undefined;
      return (await whenFree(lock, () => firstRow(onWriter(sql), params))) as Row | undefined;
    },
    async run(sql, params = NO_PARAMS) {
      return whenFree(lock, () => changesOf(onWriter(sql), params));
    },
  };
}

function writerQueries(onWriter: Prepare): Queries {
  return {
    all: async <Row>(sql: string, params = NO_PARAMS) => allRows(onWriter(sql), params) as Row[],
    get: async <Row>(sql: string, params = NO_PARAMS) =>
      firstRow(onWriter(sql), params) as Row | undefined,
    run: async (sql, params = NO_PARAMS) => changesOf(onWriter(sql), params),
  };
}

async function whenFree<T>(lock: FifoLock, work: () => T | Promise<T>): Promise<T> {
  await lock.take(LOCK_WAIT_MS).catch((cause: Error) => {
    const hint = 'a transaction is slow, or awaits the database inside itself instead of its tx';
    throw new Error(`The database's writer is taken: ${hint}.`, { cause });
  });
  try {
    return await work();
  } finally {
    lock.give();
  }
}

async function committed<T>(writer: SqliteFile.Database, work: () => Promise<T>): Promise<T> {
  // IMMEDIATE takes the file's write lock now; a later upgrade could fail half-way through `work`.
  writer.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    writer.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk, for one, makes SQLite roll back by itself.
    if (writer.inTransaction) writer.exec('ROLLBACK');
    throw error;
  }
}
