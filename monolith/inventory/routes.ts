// inventory/routes.ts: the stock over HTTP.
// Mounted by app.ts.
import { getStock } from '@lab/shared/contract/inventory.ts';
import { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle } from '../chassis/handle.ts';

export function inventoryRoutes({ db, inventory }: Shop): Router {
  return Router().get(
    '/stock/:productId',
    handle(getStock, ({ params }) => inventory.getStock(db, params.productId)),
  );
}
