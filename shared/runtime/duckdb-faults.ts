// runtime/duckdb-faults.ts: the database faults on DuckDB, whose statements run off the event loop.
// Called by duckdb.ts.
import { type DatabaseFaults, takeAll } from './database-faults.ts';

/** Rows by the billion: ended by an interrupt. */
const BURN =
  'SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range % 7 = b.range % 11';

export interface DuckdbParts {
  /** Runs on the reader, alone. */
  readonly read: (sql: string) => Promise<unknown>;
  readonly interruptReader: () => void;
  /** Lends the writer. */
  readonly lend: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Versions keep readers and writers apart, and one process has the file, so that nobody else could
 * lock it: whoever keeps writers out here has the one writer.
 */
export function duckdbFaults({ read, interruptReader, lend }: DuckdbParts): DatabaseFaults {
  return {
    async runSlowly(ms) {
      const timer = setTimeout(interruptReader, ms);
      await read(BURN).catch((error: Error) => {
        if (!error.message.includes('INTERRUPT')) throw error;
      });
      clearTimeout(timer);
    },
    lockWrites: (ms, healed) => takeAll(1, lend, ms, healed),
    takePool: (ms, healed) => takeAll(1, lend, ms, healed),
  };
}
