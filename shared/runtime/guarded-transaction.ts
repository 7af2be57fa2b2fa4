// The rules of a transaction that no engine may change: when `tx` works and when it refuses.
// Called by sqlite.ts, postgres.ts and duckdb.ts between their BEGIN and their COMMIT.
import type { Queries } from './database.ts';

/** Runs one statement of a transaction, or refuses to. */
export type Guard = <Result>(statement: () => Promise<Result>) => Promise<Result>;

/**
 * Runs `work` on statements that refuse once one of them failed or `work` settled.
 * `guarded` holds to the same rule what an engine offers beside them.
 * @returns what `work` returned; the caller may then commit
 * @throws what `work` threw, or the first failed statement's error even when `work` caught it
 */
export async function guardedTransaction<T>(
  queries: Queries,
  work: (tx: Queries, guarded: Guard) => Promise<T>,
): Promise<T> {
  let settled = false;
  let failure: { readonly error: unknown } | undefined;

  async function guarded<Result>(statement: () => Promise<Result>): Promise<Result> {
    if (settled) throw new Error('This transaction has ended: its tx was kept and used too late.');
    // PostgreSQL refuses here too; SQLite would go on and commit half of what was meant.
    if (failure)
      throw new Error('A statement of this transaction failed.', { cause: failure.error });
    try {
      return await statement();
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  }

  const tx: Queries = {
    all: (sql, params) => guarded(() => queries.all(sql, params)),
    get: (sql, params) => guarded(() => queries.get(sql, params)),
    run: (sql, params) => guarded(() => queries.run(sql, params)),
  };
  try {
    const result = await work(tx, guarded);
    if (failure) throw failure.error;
    return result;
  } finally {
    settled = true;
  }
}
