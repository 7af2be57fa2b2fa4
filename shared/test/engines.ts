// test/engines.ts: the database engines, each with as many empty databases as a test wants.
// Used by the tests that hold them to one behaviour; PostgreSQL runs from the machine's own binaries.
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

/** Says so where PostgreSQL is missing. */
export function engines(): Engine[] {
  const all = [fileEngine('sqlite', 'file'), fileEngine('duckdb', 'duckdb'), postgresEngine()];
  for (const { kind, missing } of all) if (missing) console.warn(`${kind} skipped: ${missing}`);
  return all;
}

function fileEngine(kind: Engine['kind'], scheme: string): Engine {
  const folder = mkdtempSync(join(tmpdir(), `lab-${kind}-`));
  let made = 0;
  return {
    kind,
    start: async () => {},
    freshUrl: async () => `${scheme}:${join(folder, String(made++), 'shop.db')}`,
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
