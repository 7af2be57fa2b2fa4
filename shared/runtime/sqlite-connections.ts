// Opens an SQLite file as a writer and a reader, or says in one sentence why it cannot be used.
// Called by sqlite.ts once a process; everything here is start-up.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteFile from 'better-sqlite3';
import type { DatabaseOptions } from './database.ts';
import { sentence, UnusableDatabase } from './database-errors.ts';
import { MIGRATIONS_TABLE, type Migration, missingMigrations, UNRECORDED } from './migrations.ts';

/** The two connections to one file: the reader sees only what the writer has committed. */
export interface SqliteConnections {
  readonly writer: SqliteFile.Database;
  readonly reader: SqliteFile.Database;
}

const EXAMPLE = 'write for example file:data/shop.db';
/** For another *process* on the same file; inside this one the lock of sqlite.ts rules. */
const BUSY_TIMEOUT_MS = 5_000;
/** A check costs 1.1 ms per MB: up to here (70 ms) a start can bear it, beyond it is skipped. */
const CHECKED_BYTES_MAX = 64 * 2 ** 20;
/** The codes of a statement that is wrong, or that the rows do not allow. */
const REFUSED = /^SQLITE_(ERROR|CONSTRAINT)/;

/**
 * Opens both connections, checks the file and applies the migrations that it lacks. Makes the folder.
 * @throws UnusableDatabase naming the file, or DATABASE_URL when it names none
 */
export function connectSqlite(options: DatabaseOptions): SqliteConnections {
  const path = pathOf(options.url);
  const opened: SqliteFile.Database[] = [];
  try {
    mkdirSync(dirname(path), { recursive: true });
    const writer = connect(path, options.sqliteAddon, false);
    opened.push(writer);
    prepareFile(writer, path);
    migrate(writer, path, options.migrations);
    const reader = connect(path, options.sqliteAddon, true);
    opened.push(reader);
    return { writer, reader };
  } catch (error) {
    for (const connection of opened) connection.close();
    throw unusable(path, error);
  }
}

function pathOf(url: string): string {
  const path = url.startsWith('file://') ? pathOfFileUrl(url) : url.slice('file:'.length);
  // A database in memory belongs to one connection, and there are two.
  if (path === '' || path === ':memory:') {
    throw new UnusableDatabase(sentence('DATABASE_URL names no file', EXAMPLE));
  }
  return resolve(path);
}

function pathOfFileUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    const wrong = `DATABASE_URL is ${url}, which is no file here`;
    throw new UnusableDatabase(sentence(wrong, EXAMPLE), { cause });
  }
}

function connect(path: string, addon: string | undefined, readonly: boolean): SqliteFile.Database {
  const nativeBinding = addon === undefined ? {} : { nativeBinding: addon };
  return new SqliteFile(path, { readonly, timeout: BUSY_TIMEOUT_MS, ...nativeBinding });
}

function prepareFile(writer: SqliteFile.Database, path: string): void {
  // WAL: readers never wait for the writer. NORMAL: a commit is in the kernel's hands when it
  // returns, so a killed process loses nothing; a power cut may lose the last commits, never the
  // file. FULL would add a disk flush to each commit (132 µs against 30 µs measured).
  whenUnlocked(() => writer.pragma('journal_mode = WAL'));
  writer.pragma('synchronous = NORMAL');
  writer.pragma('foreign_keys = ON');
  if (statSync(path).size > CHECKED_BYTES_MAX) return;
  const verdict = writer.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new UnusableDatabase(damaged(path, String(verdict)));
}

/** For a new file that several processes open at once: SQLite itself does not wait for this one. */
function whenUnlocked(work: () => unknown): void {
  const giveUpAt = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return void work();
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || Date.now() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function migrate(
  writer: SqliteFile.Database,
  path: string,
  migrations: readonly Migration[],
): void {
  let step = 'the table migrations';
  const apply = (): void => {
    if (isUnrecorded(writer)) {
      const remedy = 'forget it with npm start -- --fresh, or move it away';
      throw new UnusableDatabase(sentence(`${path} ${UNRECORDED}`, remedy));
    }
    writer.exec(MIGRATIONS_TABLE);
    const applied = writer.prepare('SELECT number FROM migrations').pluck().all() as number[];
    const record = writer.prepare('INSERT INTO migrations VALUES (?, ?, ?)');
    for (const { number, name, sql } of missingMigrations(migrations, applied)) {
      step = name;
      writer.exec(sql);
      record.run(number, name, new Date().toISOString());
    }
  };
  try {
    writer.transaction(apply).immediate();
  } catch (error) {
    if (!(error instanceof SqliteFile.SqliteError) || !REFUSED.test(error.code)) throw error;
    const wrong = `${path} refuses ${step} (${error.message})`;
    const remedy = 'correct it, or move the file away and start again';
    throw new UnusableDatabase(sentence(wrong, remedy), { cause: error });
  }
}

function isUnrecorded(writer: SqliteFile.Database): boolean {
  const tables = writer
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all();
  return tables.length > 0 && !tables.includes('migrations');
}

function unusable(path: string, error: unknown): UnusableDatabase {
  if (error instanceof UnusableDatabase) return error;
  return new UnusableDatabase(sentenceFor(path, error), { cause: error });
}

function sentenceFor(path: string, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (['', 'ERR_DLOPEN_FAILED', 'MODULE_NOT_FOUND'].includes(code)) {
    const remedy = 'run npm rebuild better-sqlite3 with the Node that starts this';
    return sentence(`SQLite's native addon does not load (${firstLine(message)})`, remedy);
  }
  if (code === 'SQLITE_NOTADB') {
    const remedy = 'name another file in DATABASE_URL, or move this one away';
    return sentence(`${path} is not an SQLite database`, remedy);
  }
  if (code.startsWith('SQLITE_CORRUPT')) return damaged(path, message);
  if (code === 'SQLITE_BUSY') {
    const remedy = 'stop that one, or name another file in DATABASE_URL';
    return sentence(`${path} is held by another process`, remedy);
  }
  if (isFolder(path)) {
    return sentence(`${path} is a folder`, `write DATABASE_URL=file:${path}/shop.db`);
  }
  const wrong = `${path} cannot be opened for reading and writing (${firstLine(message)})`;
  return sentence(wrong, 'check its folder and permissions');
}

function damaged(path: string, finding: string): string {
  const remedy = 'put a copy back, or move it away and start with an empty one';
  return sentence(`${path} is damaged (${firstLine(finding)})`, remedy);
}

function firstLine(text: string): string {
  return text.replace(/^\*\*\*.*\n/, '').split('\n', 1)[0] ?? '';
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
