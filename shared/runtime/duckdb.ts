// runtime/duckdb.ts: the Database on DuckDB: columns, one process a file, a writer and a reader.
// Called by openDatabase in database.ts for the books of the services; nobody else loads the engine.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Appending, ColumnDatabase } from './column-database.ts';
import type { DatabaseOptions, Queries, Value } from './database.ts';
import { appendRows } from './duckdb-append.ts';
import { endIfFatal } from './duckdb-fatal.ts';
import { duckdbFaults } from './duckdb-faults.ts';
import { connectDuckdb } from './duckdb-open.ts';
import { snapshotsOn, statementsOn } from './duckdb-statements.ts';
import { type FifoLock, fifoLock } from './fifo-lock.ts';
import { guardedTransaction } from './guarded-transaction.ts';

/** Longer than any healthy transaction or report; turns one that waits for itself into an error. */
const LOCK_WAIT_MS = 10_000;

const READS = /^\s*(SELECT|WITH|SUMMARIZE|DESCRIBE)\b/i;

/**
 * Opens the file that `options.url` names.
 * @throws UnusableDatabase with one sentence for a person
 */
export async function openDuckdb(options: DatabaseOptions): Promise<ColumnDatabase> {
  const { instance, writer, reader, pinger } = await connectDuckdb(options);
  const [writing, reading] = [fifoLock(), fifoLock()];
  const [onWriter, onReader] = [statementsOn(writer), snapshotsOn(reader)];
  const read = <T>(work: () => Promise<T>) => whenFree(reading, work);
  const write = <T>(work: () => Promise<T>) => whenFree(writing, work);
  const { admit, close } = untilClosed(() => {
    for (const part of [pinger, reader, writer, instance]) part.closeSync();
  });

  return {
    kind: 'duckdb',
    ...routedQueries({ onReader, onWriter, read, write, admit }),
    transaction: (work) =>
      admit(() => write(() => committed(writer, () => inTransaction(writer, onWriter, work)))),
    faults: duckdbFaults({
      lendReader: (work) =>
        admit(() =>
          read(() => work({ run: (sql) => reader.run(sql), interrupt: () => reader.interrupt() })),
        ),
      lend: (work) => admit(() => write(work)),
    }),
    ping: () => admit(async () => void (await pinger.run('SELECT 1'))),
    close,
  };
}

function inTransaction<T>(
  writer: DuckDBConnection,
  onWriter: Queries,
  work: (tx: Appending) => Promise<T>,
): Promise<T> {
  return guardedTransaction(onWriter, (tx, guarded) =>
    work({ ...tx, append: (table, rows) => guarded(() => appendRows(writer, table, rows)) }),
  );
}

interface Routes {
  readonly onReader: Queries;
  readonly onWriter: Queries;
  readonly read: <T>(work: () => Promise<T>) => Promise<T>;
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
  readonly admit: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Outside a transaction: a SELECT goes to the reader, all else waits for the writer. */
function routedQueries({ onReader, onWriter, read, write, admit }: Routes): Queries {
  const routed = <T>(sql: string, ask: (queries: Queries) => Promise<T>) =>
    admit(() => (READS.test(sql) ? read(() => ask(onReader)) : write(() => ask(onWriter))));
  return {
    all: <Row>(sql: string, params?: readonly Value[]) =>
      routed(sql, (queries) => queries.all<Row>(sql, params)),
    get: <Row>(sql: string, params?: readonly Value[]) =>
      routed(sql, (queries) => queries.get<Row>(sql, params)),
    run: (sql, params) => routed(sql, (queries) => queries.run(sql, params)),
  };
}

/** What was admitted is finished before `end`; nothing is admitted after `close` was called. */
function untilClosed(end: () => void) {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  function admit<T>(work: () => Promise<T>): Promise<T> {
    if (closing !== undefined) return Promise.reject(new Error('The database is closed.'));
    const working = work();
    underWay.add(working);
    void working.catch((error) => endIfFatal(error)).finally(() => underWay.delete(working));
    return working;
  }

  async function finish(): Promise<void> {
    await Promise.allSettled(underWay);
    end();
  }

  return { admit, close: () => (closing ??= finish()) };
}

async function whenFree<T>(lock: FifoLock, work: () => Promise<T>): Promise<T> {
  await lock.take(LOCK_WAIT_MS).catch((cause: Error) => {
    const hint = 'a transaction or a report is slow, or awaits the database inside itself';
    throw new Error(`The database's connection is taken: ${hint}.`, { cause });
  });
  try {
    return await work();
  } finally {
    lock.give();
  }
}

async function committed<T>(writer: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await writer.run('BEGIN');
  try {
    const result = await work();
    await writer.run('COMMIT');
    return result;
  } catch (error) {
    // A failed COMMIT has rolled back by itself.
    await writer.run('ROLLBACK').catch(() => {});
    throw error;
  }
}
