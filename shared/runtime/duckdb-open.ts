// runtime/duckdb-open.ts: opens a DuckDB file, or says in one sentence why it cannot be used.
// Called by duckdb.ts once a process; everything here is start-up.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { DatabaseOptions } from './database.ts';
import { DamagedDatabase, sentence, UnusableDatabase } from './database-errors.ts';
import { MIGRATIONS_TABLE, type Migration, missingMigrations, UNRECORDED } from './migrations.ts';

/** One process owns the file; a connection sees only what another has committed. */
export interface DuckdbConnections {
  readonly instance: DuckDBInstance;
  readonly writer: DuckDBConnection;
  readonly reader: DuckDBConnection;
  /** A question about health must not wait for a report. */
  readonly pinger: DuckDBConnection;
}

const OWN_ENDING = '.duckdb';
const EXAMPLE = 'write for example duckdb:data/reports.duckdb';
/** A process that was killed holds its file until the kernel has buried it. */
const LOCK_WAIT_MS = 5_000;
const LOCK_LOOK_MS = 50;

/** What the engine says of a file that lost its end or some of its bytes, and of such a WAL. */
const DAMAGE =
  /corrupt|checksum|Failed to load|serializ|read enough bytes|not fully read|file size|replaying WAL/i;

/** What the engine takes unless told: all cores and four fifths of the memory, which are not ours. */
const STANDARD = { threads: '1', memory_limit: '256MB' };
const ALWAYS = {
  // What is not part of the engine would be downloaded.
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  // 5 / 2 is 2 on the other engines.
  integer_division: 'true',
  preserve_insertion_order: 'false',
};

/** Whoever opens the same file at once would begin the same migrations: one after the other. */
let opening: Promise<unknown> = Promise.resolve();

/**
 * Opens the file, with the migrations that it lacks. Makes its folder.
 * @throws UnusableDatabase naming the file, or DATABASE_URL when it names none
 */
export function connectDuckdb(options: DatabaseOptions): Promise<DuckdbConnections> {
  const next = opening.then(() => connectAlone(options));
  opening = next.catch(() => {});
  return next;
}

async function connectAlone(options: DatabaseOptions): Promise<DuckdbConnections> {
  const { path, settings } = partsOf(options.url);
  try {
    mkdirSync(dirname(path), { recursive: true });
    // By name alone: a bundle that never opens such a file must not ask for the engine.
    const { DuckDBInstance: engine } = await import('@duckdb/node-api');
    const instance = await unlocked(() => engine.fromCache(path, settings));
    const connect = () => instance.connect();
    const [writer, reader, pinger] = [await connect(), await connect(), await connect()];
    try {
      await migrate(writer, path, options.migrations);
      await readEverything(reader);
    } catch (error) {
      for (const part of [writer, reader, pinger, instance]) part.closeSync();
      throw error;
    }
    return { instance, writer, reader, pinger };
  } catch (error) {
    if (error instanceof UnusableDatabase) throw error;
    throw unusable(path, error as Error);
  }
}

/** `duckdb:<path>?threads=<n>&memory=<n>MB` */
function partsOf(url: string) {
  const [path = '', query = ''] = url.slice('duckdb:'.length).split('?', 2);
  if (path === '' || path === ':memory:')
    throw new UnusableDatabase(sentence('DATABASE_URL names no file', EXAMPLE));
  const given = new URLSearchParams(query);
  for (const name of given.keys()) {
    if (name === 'threads' || name === 'memory') continue;
    const wrong = `DATABASE_URL has "${name}", which is no setting`;
    throw new UnusableDatabase(sentence(wrong, 'it takes threads and memory'));
  }
  const settings = {
    ...ALWAYS,
    threads: given.get('threads') ?? STANDARD.threads,
    memory_limit: given.get('memory') ?? STANDARD.memory_limit,
  };
  return { path: resolve(path), settings };
}

async function unlocked(open: () => Promise<DuckDBInstance>): Promise<DuckDBInstance> {
  const giveUpAtMs = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!isLocked(error as Error) || performance.now() > giveUpAtMs) throw error;
      await sleep(LOCK_LOOK_MS);
    }
  }
}

async function migrate(
  writer: DuckDBConnection,
  path: string,
  migrations: readonly Migration[],
): Promise<void> {
  let step = 'the table migrations';
  try {
    await writer.run('BEGIN');
    await refuseUnrecorded(writer, path);
    await writer.run(MIGRATIONS_TABLE);
    const found = await writer.runAndReadAll('SELECT number FROM migrations');
    const applied = found.getRows().map(([number]) => Number(number));
    for (const { number, name, sql } of missingMigrations(migrations, applied)) {
      step = name;
      await writer.run(sql);
      const row = [number, name, new Date().toISOString()];
      await writer.run('INSERT INTO migrations VALUES ($1, $2, $3)', row);
    }
    await writer.run('COMMIT');
  } catch (error) {
    await writer.run('ROLLBACK').catch(() => {});
    if (error instanceof UnusableDatabase) throw error;
    const wrong = `${path} refuses ${step} (${firstLine(error as Error)})`;
    const remedy = 'correct it, or move the file away and start again';
    throw new UnusableDatabase(sentence(wrong, remedy), { cause: error });
  }
}

/**
 * The engine compares the checksum of a block only when it reads it, which without this would be in the
 * middle of a report. Reads 100 MB in about half a second.
 */
async function readEverything(reader: DuckDBConnection): Promise<void> {
  for (const table of await tablesOf(reader))
    await reader.run(`SELECT max(hash(everything)) FROM "${table}" AS everything`);
}

async function tablesOf(connection: DuckDBConnection): Promise<string[]> {
  const found = await connection.runAndReadAll('SELECT table_name FROM duckdb_tables()');
  return found.getRows().map(([name]) => String(name));
}

async function refuseUnrecorded(writer: DuckDBConnection, path: string): Promise<void> {
  const tables = await tablesOf(writer);
  if (tables.length === 0 || tables.includes('migrations')) return;
  const remedy = 'forget it with npm start -- --fresh, or move it away';
  throw new UnusableDatabase(sentence(`${path} ${UNRECORDED}`, remedy));
}

function unusable(path: string, cause: Error): UnusableDatabase {
  // Its path may have any word in it.
  const message = firstLine(cause).replaceAll(path, 'it');
  const refuse = (wrong: string, remedy: string) =>
    new UnusableDatabase(sentence(wrong, remedy), { cause });
  const damaged = (wrong: string, remedy: string) =>
    new DamagedDatabase(path, sentence(wrong, remedy), { cause });
  if (isLocked(cause))
    return refuse(`${path} is held by another process`, 'stop that one, or name another file');
  if (existsSync(path) && statSync(path).isDirectory())
    return refuse(`${path} is a folder`, `write DATABASE_URL=duckdb:${path}/reports.duckdb`);
  if (/permission denied/i.test(message))
    return refuse(`${path} cannot be opened (${message})`, 'check its permissions');
  if (message.includes('sqlite_scanner'))
    return refuse(`${path} is an SQLite file`, 'name another');
  if (message.includes('not a valid DuckDB database file')) {
    const remedy = 'name another, or move this one away';
    // One of our own that has lost its head; else it is somebody else's.
    const say = path.endsWith(OWN_ENDING) ? damaged : refuse;
    return say(`${path} is not a DuckDB file`, remedy);
  }
  if (message.includes('Failed to set config')) {
    const remedy = 'write for example ?threads=2&memory=256MB';
    return refuse('DATABASE_URL has threads or memory that DuckDB refuses', remedy);
  }
  if (DAMAGE.test(message)) {
    const remedy = 'put a copy back, or move it away and start with an empty one';
    return damaged(`${path} is damaged (${message})`, remedy);
  }
  if (/duckdb\.node|libduckdb|native binding/.test(message)) {
    const remedy = 'run npm ci again, with its optional packages';
    return refuse(`DuckDB's native addon does not load (${message})`, remedy);
  }
  return refuse(`${path} cannot be opened (${message})`, 'check its folder and permissions');
}

const isLocked = ({ message }: Error) => message.includes('Could not set lock on file');

const firstLine = ({ message }: Error) => message.split('\n', 1)[0]?.replace(/\.$/, '') ?? '';
