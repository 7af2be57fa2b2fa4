// catalog/controller.ts: browsing, and the prices a checkout needs.
// Called by routes.ts and, for prices, by the orders feature.
import type { Product, ProductQuery } from '@lab/shared/contract/catalog.ts';
import { type Page, pageThrough } from '@lab/shared/domain/page.ts';
import { NotFound } from '@lab/shared/domain/problems.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import * as model from './model.ts';
import { productView } from './view.ts';

/** Products by id, of one category and with `q` in their name where asked for. */
export async function listProducts(db: Queries, query: ProductQuery): Promise<Page<Product>> {
  return pageThrough(query, async (after, rows) =>
    (await model.findProducts(db, query, after, rows)).map(productView),
  );
}

/** @throws NotFound (404) */
export async function getProduct(db: Queries, productId: string): Promise<Product> {
  const row = await model.findProduct(db, productId);
  if (row === undefined) throw new NotFound({ what: 'product', id: productId });
  return productView(row);
}

/** The products of up to 50 ids; an id that is not sold here is left out. */
export async function getPrices(db: Queries, productIds: readonly string[]): Promise<Product[]> {
  return (await model.findProductsById(db, productIds)).map(productView);
}
