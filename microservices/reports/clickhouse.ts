// reports/clickhouse.ts: the books’ database on ClickHouse, over HTTP: on a server, or on many shards.
// Called by open-books.ts.
import type { ClickHouseClient } from '@clickhouse/client';
import type { Value } from '@lab/shared/runtime/database.ts';
import { takeAll } from '@lab/shared/runtime/database-faults.ts';
import { fifoLock } from '@lab/shared/runtime/fifo-lock.ts';
import type { Migration } from '@lab/shared/runtime/migrations.ts';
import type { ClickhouseDatabase, Told } from './clickhouse.model.ts';
import { connectClickhouse } from './clickhouse-open.ts';

/** Longer than any healthy insert. */
const LOCK_WAIT_MS = 10_000;

/**
 * Opens the database that a URL names, and makes what it lacks.
 * @throws UnusableDatabase with one sentence for a person
 */
export async function openClickhouse(
  url: string,
  migrations: readonly Migration[],
): Promise<ClickhouseDatabase> {
  const client = await connectClickhouse(url, migrations);
  const writing = fifoLock();

  async function write<T>(work: () => Promise<T>): Promise<T> {
    await writing.take(LOCK_WAIT_MS);
    return work().finally(() => writing.give());
  }
  const ask = <Row>(sql: string, params: readonly Value[] = []) =>
    answerOf<Row>(client, withValues(sql, params));
  const all = async <Row>(sql: string, params?: readonly Value[]) =>
    (await ask<Row>(sql, params)).rows;
  return {
    kind: 'clickhouse',
    ask,
    all,
    get: async <Row>(sql: string, params?: readonly Value[]) => (await all<Row>(sql, params))[0],
    run: lacking,
    transaction: lacking,
    insert: (table, rows) =>
      write(async () => {
        const values = [...rows];
        if (values.length > 0) await client.insert({ table, values, format: 'JSONEachRow' });
      }),
    faults: {
      runSlowly: (ms) => burn(client, ms),
      // Nobody can lock it: whoever keeps writers out here keeps those of this process out.
      lockWrites: (ms, healed) => takeAll(1, write, ms, healed),
      takePool: (ms, healed) => takeAll(1, write, ms, healed),
    },
    ping: async () => void (await all('SELECT 1')),
    close: () => client.close(),
  };
}

function lacking(): Promise<never> {
  return Promise.reject(new Error('ClickHouse changes no rows and has no transactions.'));
}

interface Answer {
  readonly meta: readonly { readonly name: string; readonly type: string }[];
  readonly data: readonly Record<string, string | number | null>[];
  readonly statistics: { readonly rows_read: number; readonly bytes_read: number };
}

/** Whole numbers of 64 bits come as text. */
async function answerOf<Row>(client: ClickHouseClient, query: string): Promise<Told<Row>> {
  const result = await client.query({ query, format: 'JSON' });
  const { meta, data, statistics } = (await result.json()) as unknown as Answer;
  const numbers = meta.filter(({ type }) => /^(Nullable\()?U?Int64/.test(type));
  const rows = data.map((row) => {
    const exact = numbers.map(({ name }) => [name, exactNumber(row[name])]);
    return { ...row, ...Object.fromEntries(exact) } as Row;
  });
  return { rows, read: { rows: statistics.rows_read, bytes: statistics.bytes_read } };
}

function exactNumber(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`${value} from ClickHouse is beyond what a number holds exactly.`);
}

/** Its own parameters want a type each, and older servers have none. */
export function withValues(sql: string, params: readonly Value[]): string {
  return sql.replace(/\$(\d+)/g, (_, number) => literal(params[Number(number) - 1]));
}

function literal(value: Value | undefined): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (value === null) return 'NULL';
  throw new RangeError('The statement takes a value that was not given.');
}

/** Given up after `ms`; the server ends by itself what nobody waits for, within the second. */
async function burn(client: ClickHouseClient, ms: number): Promise<void> {
  const query = 'SELECT count() FROM system.numbers WHERE number % 7 = 8';
  const seconds = Math.ceil(ms / 1000);
  await client
    .query({
      query,
      format: 'JSON',
      abort_signal: AbortSignal.timeout(ms),
      clickhouse_settings: { max_execution_time: seconds },
    })
    .catch((error: Error & { type?: string }) => {
      const isOver = error.message.includes('aborted') || error.type === 'TIMEOUT_EXCEEDED';
      if (!isOver) throw error;
    });
}
