// scenarios/checkout.ts: people who buy: look, check out, and see that it worked.
// Chosen by name through scenarios.ts.
import { readingPayments } from './after-sales.ts';
import { askingForStock, lookingAtProduct } from './browsing.ts';
import { placingDeclinedOrders, placingOrders, readingOrders } from './ordering.ts';
import { createShopper, targeterOf } from './shopper.ts';
import type { Targeter, TargeterOptions } from './shot.ts';

/** Of 100 requests: catalog 25, inventory 15, orders 50 (38 paid, 2 declined), payments 10. */
export function checkout(options: TargeterOptions): Targeter {
  const shopper = createShopper(options);
  return targeterOf([
    [lookingAtProduct(shopper), 25],
    [askingForStock(shopper), 15],
    [placingOrders(shopper), 38],
    [placingDeclinedOrders(shopper), 2],
    [readingOrders(shopper), 10],
    [readingPayments(shopper), 10],
  ]);
}
