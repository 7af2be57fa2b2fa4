// runtime/postgres-faults.ts: the database faults on PostgreSQL, which the server itself suffers.
// Called by postgres.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type DatabaseFaults, endEarly, type Hold, takeAll } from './database-faults.ts';

/** A series that is made row by row and ends by the server's clock; its end is minutes away. */
const BURN = `SELECT n FROM (SELECT generate_series(1, 2000000000) AS n) AS burn
  WHERE clock_timestamp() >= statement_timestamp() + $1::float8 * interval '1 millisecond' LIMIT 1`;

const TABLES = `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS names
  FROM pg_tables WHERE schemaname = current_schema()`;

const LOCK_WAIT_MS = 10_000;
const RETRY_MS = 5;
const LOCK_NOT_AVAILABLE = '55P03';

export interface PostgresParts {
  readonly url: string;
  readonly poolSize: number;
  readonly lend: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;
}

export function postgresFaults({ url, poolSize, lend }: PostgresParts): DatabaseFaults {
  return {
    runSlowly: (ms) => lend(async (client) => void (await client.query(BURN, [ms]))),
    lockWrites: (ms, healed) => lockWrites(url, ms, healed),
    takePool: (ms, healed) => takeAll(poolSize, lend, ms, healed),
  };
}

/** The server ends the idle transaction after `ms`, whatever has become of this process. */
async function lockWrites(url: string, ms: number, healed: AbortSignal): Promise<Hold> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: LOCK_WAIT_MS });
  client.on('error', () => {}); // that end arrives as an error of the connection
  await client.connect();
  const over = new Promise<void>((resolve) => client.once('end', () => resolve()));
  try {
    await client.query(`SET idle_in_transaction_session_timeout = ${ms}`);
    await lockTables(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  endEarly(healed, over, () => void client.end());
  return { over };
}

/** All or none: waiting for one table while holding another would deadlock with a checkout. */
async function lockTables(client: pg.Client): Promise<void> {
  const { names } = (await client.query<{ names: string }>(TABLES)).rows[0] ?? {};
  const giveUpAtMs = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    await client.query('BEGIN');
    try {
      // EXCLUSIVE: whoever only reads goes on.
      return void (await client.query(`LOCK TABLE ${names} IN EXCLUSIVE MODE NOWAIT`));
    } catch (error) {
      await client.query('ROLLBACK');
      const { code } = error as pg.DatabaseError;
      if (code !== LOCK_NOT_AVAILABLE || performance.now() > giveUpAtMs) throw error;
      await sleep(RETRY_MS);
    }
  }
}
