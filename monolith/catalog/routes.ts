// catalog/routes.ts: the catalog over HTTP.
// Mounted by app.ts.
import { getProduct, listProducts } from '@lab/shared/contract/catalog.ts';
import type { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle, strictRouter } from '../chassis/handle.ts';

export function catalogRoutes({ db, catalog }: Shop): Router {
  return strictRouter()
    .get(
      '/products',
      handle(listProducts, ({ query }) => catalog.listProducts(db, query)),
    )
    .get(
      '/products/:productId',
      handle(getProduct, ({ params }) => catalog.getProduct(db, params.productId)),
    );
}
