// scenarios/mixed.ts: a day in the shop: all six features, so that a fault anywhere shows.
// Chosen by name through scenarios.ts; the scenario of the blast radius.
import { readingNotifications, readingPayments, readingReports } from './after-sales.ts';
import { askingForStock, listingProducts, lookingAtProduct } from './browsing.ts';
import { listingOrders, placingDeclinedOrders, placingOrders, readingOrders } from './ordering.ts';
import { createShopper, targeterOf } from './shopper.ts';
import type { Targeter, TargeterOptions } from './shot.ts';

/**
 * Of 100 requests: catalog 36, inventory 16, orders 24 (19 paid, 1 declined), and 8 for each of
 * the others: at 100 a second still eight samples a second of the rarest feature.
 */
export function mixed(options: TargeterOptions): Targeter {
  const shopper = createShopper(options);
  return targeterOf([
    [listingProducts(shopper), 12],
    [lookingAtProduct(shopper), 24],
    [askingForStock(shopper), 16],
    [placingOrders(shopper), 19],
    [placingDeclinedOrders(shopper), 1],
    [readingOrders(shopper), 3],
    [listingOrders(shopper), 1],
    [readingPayments(shopper), 8],
    [readingNotifications(shopper), 8],
    [readingReports(shopper), 8],
  ]);
}
