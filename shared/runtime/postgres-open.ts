// Connects to PostgreSQL and applies the migrations, or says in one sentence why it cannot.
// Called by postgres.ts once a process; everything here is start-up.
import pg from 'pg';
import type { DatabaseOptions } from './database.ts';
import { sentence, UnusableDatabase } from './database-errors.ts';
import { MIGRATIONS_TABLE, missingMigrations, UNRECORDED } from './migrations.ts';

/** How long to wait for a connection, at start-up and for a free one of the pool. */
export const CONNECT_WAIT_MS = 10_000;
/** Any number will do, as long as every replica takes the same lock. */
const MIGRATION_LOCK = 7_203_411;

const NOT_A_URL = sentence(
  'DATABASE_URL is not a valid URL',
  'write postgres://user:password@host:5432/name, special characters as %XX',
);

/** Types by their object id in PostgreSQL's catalogue, pg_type. */
const PARSERS = new Map<number, (text: string) => number>([
  [16, (text) => (text === 't' ? 1 : 0)], // boolean, which SQLite does not have
  [20, exactNumber], // int8: count(), sum() of INTEGER
  [21, Number],
  [23, Number],
  [700, Number],
  [701, Number],
  [1700, exactNumber], // numeric: avg(), sum() of BIGINT
]);

/**
 * @returns a pool on a database that lacks no migration; the caller ends it
 * @throws UnusableDatabase naming the server, the database or the role; never the password
 */
export async function connectPostgres(options: DatabaseOptions): Promise<pg.Pool> {
  // Checked first, because the error of a wrong URL carries the URL and so the password.
  if (!URL.canParse(options.url)) throw new UnusableDatabase(NOT_A_URL);
  const pool = newPool(options);
  try {
    await migrate(pool, options);
    return pool;
  } catch (error) {
    await pool.end();
    if (error instanceof UnusableDatabase) throw error;
    throw new UnusableDatabase(sentenceFor(options.url, error as pg.DatabaseError), {
      cause: error,
    });
  }
}

function newPool({ url, poolSize = 10 }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    idleTimeoutMillis: 0, // a quiet minute must not make the next requests slow
    types: { getTypeParser: (id: number) => PARSERS.get(id) ?? String },
  });
  // A server that goes away breaks idle and borrowed connections alike. Unheard, that error would
  // end the process; heard, it fails the next statement, and the pool replaces the connection.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

async function migrate(pool: pg.Pool, { url, migrations }: DatabaseOptions): Promise<void> {
  const client = await pool.connect();
  let step = 'the table migrations';
  try {
    // At a stricter level the wait for the lock would end with a look at what was there before it.
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await refuseUnrecorded(client, url);
    await client.query(MIGRATIONS_TABLE);
    const { rows } = await client.query<{ number: number }>('SELECT number FROM migrations');
    const applied = rows.map(({ number }) => number);
    for (const { number, name, sql } of missingMigrations(migrations, applied)) {
      step = name;
      await client.query(sql);
      const row = [number, name, new Date().toISOString()];
      await client.query('INSERT INTO migrations VALUES ($1, $2, $3)', row);
    }
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    if (!(error instanceof pg.DatabaseError)) throw error;
    const wrong = `PostgreSQL at ${serverOf(url)} refuses ${step} (${error.message})`;
    const remedy = 'correct it, or start with an empty database';
    throw new UnusableDatabase(sentence(wrong, remedy), { cause: error });
  }
}

async function refuseUnrecorded(client: pg.PoolClient, url: string): Promise<void> {
  const sql = 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()';
  const tables = (await client.query(sql)).rows.map(({ tablename }) => tablename);
  if (tables.length === 0 || tables.includes('migrations')) return;
  const wrong = `The database ${nameOf(url)} at ${serverOf(url)} ${UNRECORDED}`;
  const remedy =
    'name an empty one in DATABASE_URL, or forget it with docker compose down --volumes';
  throw new UnusableDatabase(sentence(wrong, remedy));
}

function exactNumber(text: string): number {
  const number = Number(text);
  if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  throw new RangeError(`${text} from PostgreSQL is beyond what a number holds exactly.`);
}

function serverOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname || 'localhost'}:${port || '5432'}`;
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

function sentenceFor(url: string, error: pg.DatabaseError): string {
  const server = serverOf(url);
  const { code = '', message } = error;
  if (error instanceof URIError) return NOT_A_URL;
  if (!(error instanceof pg.DatabaseError)) {
    const wrong = `No PostgreSQL answers at ${server} (${code || message})`;
    return sentence(wrong, 'start it, or correct DATABASE_URL');
  }
  return sentence(`PostgreSQL at ${server} ${refusalOf(error, url)}`, remedyFor(code));
}

function refusalOf({ code = '', message }: pg.DatabaseError, url: string): string {
  if (code === '3D000') return `has no database ${nameOf(url)}`;
  if (code.startsWith('28')) return `does not let ${new URL(url).username || 'this user'} in`;
  if (code === '57P03') return 'is still starting';
  if (code === '53300') return 'has no connection left';
  return `refuses the connection (${message})`;
}

function remedyFor(code: string): string {
  if (code === '3D000') return 'create it, or correct DATABASE_URL';
  if (code.startsWith('28')) return 'correct the name and password in DATABASE_URL';
  if (code === '57P03') return 'try again in a moment';
  if (code === '53300') return 'raise max_connections, or run fewer replicas';
  return 'correct DATABASE_URL';
}
