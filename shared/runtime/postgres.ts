// The Database on PostgreSQL: a pool of connections, each of which keeps its statements prepared.
// Called by openDatabase in database.ts, under compose and in tests.
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Database, DatabaseOptions, Queries, Value } from './database.ts';
import { DuplicateKey } from './database-errors.ts';
import { guardedTransaction } from './guarded-transaction.ts';
import { postgresFaults } from './postgres-faults.ts';
import { CONNECT_WAIT_MS, connectPostgres } from './postgres-open.ts';

/** Lends a connection for the time `work` takes. */
type Lend = <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;
type NameOf = (sql: string) => string;

const UNIQUE_VIOLATION = '23505';

/**
 * Opens the server's database that `options.url` names.
 * @throws UnusableDatabase with one sentence for a person
 */
export async function openPostgres(options: DatabaseOptions): Promise<Database> {
  const pool = await connectPostgres(options);
  const { lend, close } = lending(pool);
  const nameOf = statementNames();
  return {
    kind: 'postgres',
    all: (sql, params) => lend((client) => queriesOn(client, nameOf).all(sql, params)),
    get: (sql, params) => lend((client) => queriesOn(client, nameOf).get(sql, params)),
    run: (sql, params) => lend((client) => queriesOn(client, nameOf).run(sql, params)),
    transaction: (work) =>
      lend((client) =>
        committed(client, () => guardedTransaction(queriesOn(client, nameOf), work)),
      ),
    faults: postgresFaults({ url: options.url, poolSize: pool.options.max, lend }),
    ping: () => lend(async (client) => void (await client.query('SELECT 1'))),
    close,
  };
}

/**
 * pool.query would do for single statements, but it throws a healthy connection away after each
 * refused statement, and pool.end leaves whoever stands in line unanswered.
 */
function lending(pool: pg.Pool): { lend: Lend; close: () => Promise<void> } {
  let lentCount = 0;
  let closing: Promise<void> | undefined;
  let allBack = (): void => {};

  async function lend<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (closing) throw new Error('The database is closed.');
    lentCount += 1;
    try {
      const client = await pool.connect().catch((error: Error) => {
        throw exhausted(pool, error);
      });
      // A broken connection is noticed by the pool itself, which then replaces it.
      return await work(client).finally(() => client.release());
    } finally {
      lentCount -= 1;
      if (lentCount === 0) allBack();
    }
  }

  async function close(): Promise<void> {
    if (lentCount > 0) await new Promise<void>((resolve) => (allBack = resolve));
    await pool.end();
  }

  return { lend, close: () => (closing ??= close()) };
}

function exhausted(pool: pg.Pool, cause: Error): Error {
  if (cause.message !== 'timeout exceeded when trying to connect') return cause;
  const wanted = `All ${pool.options.max} connections to PostgreSQL stayed busy`;
  return new Error(`${wanted} for ${CONNECT_WAIT_MS} ms.`, { cause });
}

function statementNames(): NameOf {
  const names = new Map<string, string>();
  return (sql) => {
    let name = names.get(sql);
    if (name === undefined) {
      name = createHash('sha1').update(sql).digest('hex'); // a name may have 63 bytes
      names.set(sql, name);
    }
    return name;
  };
}

function queriesOn(client: pg.PoolClient, nameOf: NameOf): Queries {
  async function send(sql: string, params: readonly Value[] = []): Promise<pg.QueryResult> {
    try {
      return await client.query({ name: nameOf(sql), text: sql, values: [...params] });
    } catch (error) {
      throw translated(error);
    }
  }

  return {
    all: async <Row>(sql: string, params?: readonly Value[]) =>
      (await send(sql, params)).rows as Row[],
    get: async <Row>(sql: string, params?: readonly Value[]) =>
      (await send(sql, params)).rows[0] as Row | undefined,
    run: async (sql, params) => ({ changes: (await send(sql, params)).rowCount ?? 0 }),
  };
}

async function committed<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  // READ COMMITTED, stated because a server may be set otherwise: the models guard themselves by
  // conditional UPDATEs (`… WHERE left >= $1`), which then wait for the row and look at its newest
  // version. A stricter level would answer a race with an error that every caller had to retry.
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    const result = await work();
    const { command } = await client.query('COMMIT');
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, not with an error.
    if (command !== 'COMMIT') throw new Error('A statement that nobody awaited failed.');
    return result;
  } catch (error) {
    // On a broken connection this fails too, but then the server has rolled back by itself.
    await client.query('ROLLBACK').catch(() => {});
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION) return error;
  // "Key (place, product_id)=(…) already exists." in English; the constraint's name otherwise.
  const columns = /^Key \(([^)]*)\)=/.exec(error.detail ?? '')?.[1]?.split(', ');
  const key = columns?.map((column) => `${error.table}.${column}`).join(', ');
  return new DuplicateKey(key ?? error.constraint ?? 'a key', { cause: error });
}
