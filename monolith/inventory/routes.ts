// inventory/routes.ts: the stock over HTTP.
// Mounted by app.ts.
import { getStock } from '@lab/shared/contract/inventory.ts';
import type { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle, strictRouter } from '../chassis/handle.ts';

export function inventoryRoutes({ db, inventory }: Shop): Router {
  return strictRouter().get(
    '/stock/:productId',
    handle(getStock, ({ params }) => inventory.getStock(db, params.productId)),
  );
}
