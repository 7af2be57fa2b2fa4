// runtime/duckdb-faults.ts: the database faults on DuckDB, whose statements run off the event loop.
// Called by duckdb.ts.
import { type DatabaseFaults, takeAll } from './database-faults.ts';

/** Rows by the billion: ended by an interrupt. */
const BURN =
  'SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range % 7 = b.range % 11';

const AGAIN_MS = 20;

export interface DuckdbParts {
  /** Runs on the reader, alone; `onTurn` is called when it is this statement's turn. */
  readonly read: (sql: string, onTurn: () => void) => Promise<unknown>;
  /** Ends what the reader is doing; nothing when it is not at it yet. */
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
      let timer: NodeJS.Timeout | undefined;
      // Again and again: an interrupt between the statement's turn and its start is lost.
      const interrupt = () => {
        interruptReader();
        timer = setTimeout(interrupt, AGAIN_MS);
      };
      try {
        await read(BURN, () => {
          timer = setTimeout(interrupt, ms);
        });
      } catch (error) {
        if (!(error as Error).message.includes('INTERRUPT')) throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    lockWrites: (ms, healed) => takeAll(1, lend, ms, healed),
    takePool: (ms, healed) => takeAll(1, lend, ms, healed),
  };
}
