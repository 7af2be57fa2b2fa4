// catalog/view.ts: a product row as the contract shows it.
// Called by controller.ts.
import type { Product } from '@lab/shared/contract/catalog.ts';
import type { ProductRow } from './model.ts';

export const productView = (row: ProductRow): Product => ({
  id: row.id,
  name: row.name,
  category: row.category as Product['category'],
  description: row.description,
  priceCents: row.price_cents,
});
