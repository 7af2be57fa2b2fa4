// The failures of a database that callers tell apart, the same for all engines.
// Thrown by sqlite.ts, postgres.ts and duckdb.ts; database.ts exports them to everyone else.

/**
 * A unique or primary key is already there.
 * `key` names the columns, as in `orders.idempotency_key` or `stock.place, stock.product_id`.
 * Inside a transaction it ends the transaction; to go on instead, write ON CONFLICT DO NOTHING.
 */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey';
  readonly key: string;

  constructor(key: string, options?: ErrorOptions) {
    super(`${key} is already there`, options);
    this.key = key;
  }
}

/**
 * The database cannot be used at all; only opening it throws this, so only start-up sees it.
 * The message is one sentence for a person, without a password: what is wrong and what to do.
 */
export class UnusableDatabase extends Error {
  override readonly name: string = 'UnusableDatabase';
}

/** Its file is there, and is not whole: somebody may set it aside and begin another. */
export class DamagedDatabase extends UnusableDatabase {
  override readonly name = 'DamagedDatabase';
  readonly path: string;

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** @returns the sentence of an UnusableDatabase: what is wrong, then what to do about it */
export function sentence(wrong: string, remedy: string): string {
  return `${wrong}; ${remedy}.`;
}
