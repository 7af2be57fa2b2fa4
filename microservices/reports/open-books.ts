// reports/open-books.ts: opens the database of the books, damaged or not, and fills an empty one.
// Called by server.ts and handler.ts.
import { keepsColumns } from '@lab/shared/runtime/column-database.ts';
import { DamagedDatabase, type Database, UnusableDatabase } from '@lab/shared/runtime/database.ts';
import { sentence } from '@lab/shared/runtime/database-errors.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { readMigrations } from '@lab/shared/runtime/migrations.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { setAside } from '@lab/shared/runtime/set-aside.ts';
import { begin } from './clickhouse.model.ts';
import type { ReportsConfig } from './config.ts';
import { type Journal, journalBeside } from './journal.ts';
import { seedSales } from './model.ts';
import { enterLacking } from './rebuild.ts';

const LACKED = 'the books lacked events of their journal';

/**
 * A file that is damaged is kept under another name. Whatever the books lack of their journal is entered
 * again: all of it where the file is new, the last events where its log was cut.
 * @param entry the `import.meta.url` of the process
 * @throws UnusableDatabase for everything else
 */
export async function openBooks(
  entry: string,
  config: ReportsConfig,
  log: Logger,
): Promise<Database> {
  if (config.DATABASE_URL.startsWith('clickhouse:')) return openRemote(entry, config);
  const journal = journalBeside(config.DATABASE_URL);
  const open = () => openOwnDatabase(entry, { ...config, DATABASE_URL: bounded(config) });
  const db = await open().catch((error: unknown) => {
    if (!(error instanceof DamagedDatabase)) throw error;
    const kept = setAside(error.path);
    log.error(
      { reason: error.message, kept },
      'the books are damaged: they are made again from their journal',
    );
    return open();
  });
  const past = journal === undefined ? pastOf(config) : await begunWith(journal, config);
  await seedSales(db, pastOrdersOfToday(past.count, new Date(past.day)));
  if (journal !== undefined && keepsColumns(db)) {
    const lacking = await enterLacking(db, journal);
    if (lacking !== undefined) log.warn({ ...lacking, past }, LACKED);
  }
  return db;
}

const pastOf = ({ PAST_ORDERS }: ReportsConfig) => ({
  count: PAST_ORDERS,
  day: new Date().toISOString().slice(0, 10),
});

/** @throws UnusableDatabase for a journal that is no file of events, or cannot be written */
function begunWith(journal: Journal, config: ReportsConfig) {
  return journal.begin(pastOf(config)).catch((error: NodeJS.ErrnoException) => {
    const wrong = `The journal of the books at ${journal.path} cannot be used (${error.code})`;
    throw new UnusableDatabase(sentence(wrong, 'make it writable, or move it away'));
  });
}

/** Loaded on demand: who keeps the books elsewhere does not need the client. */
async function openRemote(entry: string, config: ReportsConfig): Promise<Database> {
  const { openClickhouse } = await import('./clickhouse.ts');
  const migrations = await readMigrations(new URL('./migrations/clickhouse/', entry));
  const db = await openClickhouse(config.DATABASE_URL, migrations);
  const past = await begin(db, pastOf(config));
  await seedSales(db, pastOrdersOfToday(past.count, new Date(past.day)));
  return db;
}

/** The engine would take all cores and most of the memory; a URL that has bounds of its own keeps them. */
function bounded({ DATABASE_URL: url, REPORTS_THREADS, REPORTS_MEMORY_MB }: ReportsConfig): string {
  if (!url.startsWith('duckdb:') || url.includes('?')) return url;
  return `${url}?threads=${REPORTS_THREADS}&memory=${REPORTS_MEMORY_MB}MB`;
}
