// catalog/model.ts: the products table.
// Called by controller.ts and, at the first start, to fill the table.
import type { ProductQuery } from '@lab/shared/contract/catalog.ts';
import { products } from '@lab/shared/fixtures/products.ts';
import type { Database, Queries } from '@lab/shared/runtime/database.ts';
import { contains, placeholders, tuples } from '@lab/shared/runtime/sql.ts';

export interface ProductRow {
  id: string;
  name: string;
  category: string;
  description: string;
  price_cents: number;
}

/** Up to `rows` products after `afterId`, in the order of their ids. */
export function findProducts(
  db: Queries,
  { category, q = '' }: ProductQuery,
  afterId: string,
  rows: number,
): Promise<ProductRow[]> {
  return db.all<ProductRow>(
    `SELECT id, name, category, description, price_cents FROM products
     WHERE id > $1 AND ($2 = '' OR category = $2) AND lower(name) LIKE $3 ESCAPE '\\'
     ORDER BY id LIMIT $4`,
    [afterId, category ?? '', contains(q), rows],
  );
}

export function findProduct(db: Queries, id: string): Promise<ProductRow | undefined> {
  return db.get<ProductRow>(
    'SELECT id, name, category, description, price_cents FROM products WHERE id = $1',
    [id],
  );
}

export function findProductsById(db: Queries, ids: readonly string[]): Promise<ProductRow[]> {
  return db.all<ProductRow>(
    `SELECT id, name, category, description, price_cents FROM products
     WHERE id IN (${placeholders(ids.length)})`,
    ids,
  );
}

/** Fills an empty table with the fixtures; a table with rows stays as it is. */
export async function seedProducts(db: Database): Promise<void> {
  const values = products.flatMap((p) => [p.id, p.name, p.category, p.description, p.priceCents]);
  await db.run(
    `INSERT INTO products (id, name, category, description, price_cents)
     VALUES ${tuples(products.length, 5)} ON CONFLICT DO NOTHING`,
    values,
  );
}
