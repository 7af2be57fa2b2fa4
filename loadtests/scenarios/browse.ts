// scenarios/browse.ts: people who look and do not buy; needs catalog and inventory alone.
// Chosen by name through scenarios.ts.
import { askingForStock, listingProducts, lookingAtProduct } from './browsing.ts';
import { createShopper, targeterOf } from './shopper.ts';
import type { Targeter, TargeterOptions } from './shot.ts';

/** Of 100 requests: catalog 75, inventory 25. */
export function browse(options: TargeterOptions): Targeter {
  const shopper = createShopper(options);
  return targeterOf([
    [listingProducts(shopper), 30],
    [lookingAtProduct(shopper), 45],
    [askingForStock(shopper), 25],
  ]);
}
