// reports/open-books.ts: opens the database of the books, damaged or not, and fills an empty one.
// Called by server.ts, handler.ts and consumer.ts.
import { keepsColumns } from '@lab/shared/runtime/column-database.ts';
import { DamagedDatabase, type Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { readMigrations } from '@lab/shared/runtime/migrations.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { setAside } from '@lab/shared/runtime/set-aside.ts';
import type { ReportsConfig } from './config.ts';
import { journalBeside } from './journal.ts';
import { seedSales } from './model.ts';
import { enterAgain, isBehind, markBehind } from './rebuild.ts';

/**
 * A file that is damaged is kept under another name, and made again from the events of its journal.
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
    if (journal !== undefined) markBehind(journal);
    const kept = setAside(error.path);
    log.error({ reason: error.message, kept }, 'the books are damaged: they are made again');
    return open();
  });
  const past = await (journal?.begin(pastOf(config)) ?? pastOf(config));
  await seedSales(db, pastOrdersOfToday(past.count, new Date(past.day)));
  if (journal !== undefined && keepsColumns(db) && isBehind(journal)) {
    const done = await enterAgain(db, journal);
    log.warn({ ...done, past }, 'the books were made again from events');
  }
  return db;
}

const pastOf = ({ PAST_ORDERS }: ReportsConfig) => ({
  count: PAST_ORDERS,
  day: new Date().toISOString().slice(0, 10),
});

/** Loaded on demand: who keeps the books elsewhere does not need the client. */
async function openRemote(entry: string, config: ReportsConfig): Promise<Database> {
  const { openClickhouse } = await import('./clickhouse.ts');
  const migrations = await readMigrations(new URL('./migrations/clickhouse/', entry));
  const db = await openClickhouse(config.DATABASE_URL, migrations);
  await seedSales(db, pastOrdersOfToday(config.PAST_ORDERS));
  return db;
}

/** The engine would take all cores and most of the memory; a URL that has bounds of its own keeps them. */
function bounded({ DATABASE_URL: url, REPORTS_THREADS, REPORTS_MEMORY_MB }: ReportsConfig): string {
  if (!url.startsWith('duckdb:') || url.includes('?')) return url;
  return `${url}?threads=${REPORTS_THREADS}&memory=${REPORTS_MEMORY_MB}MB`;
}
