// runtime/duckdb-faults.ts: the database faults on DuckDB, whose statements run off the event loop.
// Called by duckdb.ts.
import { type DatabaseFaults, takeAll } from './database-faults.ts';

/** Rows by the billion: ended by an interrupt. */
const BURN =
  'SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range % 7 = b.range % 11';

const AGAIN_MS = 20;

export interface DuckdbParts {
  /** Lends the reader: to run one statement in no transaction, and to end it by force. */
  readonly lendReader: (work: (reader: LentReader) => Promise<void>) => Promise<void>;
  /** Lends the writer. */
  readonly lend: (work: () => Promise<void>) => Promise<void>;
}

interface LentReader {
  readonly run: (sql: string) => Promise<unknown>;
  /** Does nothing while no statement runs. */
  readonly interrupt: () => void;
}

/**
 * Versions keep readers and writers apart, and one process has the file, so that nobody else could
 * lock it: whoever keeps writers out here has the one writer.
 */
export function duckdbFaults({ lendReader, lend }: DuckdbParts): DatabaseFaults {
  return {
    runSlowly: (ms) => lendReader((reader) => burn(reader, ms)),
    lockWrites: (ms, healed) => takeAll(1, lend, ms, healed),
    takePool: (ms, healed) => takeAll(1, lend, ms, healed),
  };
}

/** The last interrupt is before the reader is given back: one more would end the next one's ROLLBACK. */
async function burn(reader: LentReader, ms: number): Promise<void> {
  // Again and again: an interrupt before the statement has really started is lost.
  const interrupt = () => {
    reader.interrupt();
    timer = setTimeout(interrupt, AGAIN_MS);
  };
  let timer = setTimeout(interrupt, ms);
  try {
    await reader.run(BURN);
  } catch (error) {
    if (!(error as Error).message.includes('INTERRUPT')) throw error;
  } finally {
    clearTimeout(timer);
  }
}
