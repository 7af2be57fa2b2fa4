// references/find-product.ts: the catalog's own statement, prepared once, with no layer around it.
// Used by bare-express.ts and bare-fastify.ts.
import SqliteFile from 'better-sqlite3';
import { databaseFile, sqliteAddon } from './settings.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly price_cents: number;
}

const reader = new SqliteFile(databaseFile, { readonly: true, nativeBinding: sqliteAddon });
const statement = reader.prepare<[string], Row>(
  'SELECT id, name, category, description, price_cents FROM products WHERE id = ?',
);

/** @returns the product as the contract shows it, so that the bytes are those of the shop */
export function findProduct(id: string) {
  const row = statement.get(id);
  if (row === undefined) return undefined;
  const { name, category, description, price_cents: priceCents } = row;
  return { id: row.id, name, category, description, priceCents };
}
