// test/engines.ts: both database engines, each with as many empty databases as a test wants.
// Used by the tests that hold both to one behaviour; PostgreSQL runs from the machine's own binaries.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../runtime/database.ts';
import { type PostgresServer, postgresMissing, startPostgres } from './postgres-server.ts';

/** An engine that tests can have databases of; `missing` says why they cannot. */
export interface Engine {
  readonly kind: Database['kind'];
  readonly missing?: string | undefined;
  start(): Promise<void>;
  freshUrl(): Promise<string>;
  stop(): Promise<void>;
}

/** SQLite and PostgreSQL; says so where the latter is missing. */
export function engines(): Engine[] {
  const both = [sqliteEngine(), postgresEngine()];
  for (const { kind, missing } of both) if (missing) console.warn(`${kind} skipped: ${missing}`);
  return both;
}

function sqliteEngine(): Engine {
  const folder = mkdtempSync(join(tmpdir(), 'lab-sqlite-'));
  let made = 0;
  return {
    kind: 'sqlite',
    start: async () => {},
    freshUrl: async () => `file:${join(folder, String(made++), 'shop.db')}`,
    stop: async () => rmSync(folder, { recursive: true }),
  };
}

function postgresEngine(): Engine {
  let server: PostgresServer | undefined;
  return {
    kind: 'postgres',
    missing: postgresMissing(),
    start: async () => {
      server = await startPostgres();
    },
    freshUrl: async () => (await server?.createDatabase()) ?? '',
    stop: async () => server?.stop(),
  };
}
