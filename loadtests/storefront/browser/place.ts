// browser/place.ts: places an order; where nobody waits, asks after it until it is decided.
// Called by checkout.tsx, which is told of every step.
import type { NewOrder, Order } from '@lab/shared/contract/orders.ts';
import type { ShopClient } from 'shop-sdk';
import type { Basket } from './basket.ts';
import { tried } from './tried.ts';

export interface Placed {
  readonly state: 'under way' | 'decided';
  readonly words: string;
  readonly problem?: boolean;
  readonly order?: Order;
}

export interface Wish {
  readonly basket: Basket;
  readonly customerId: string;
  readonly cardToken: string;
  /** Sends `Prefer: respond-async`. */
  readonly later: boolean;
}

const ASK_EVERY_MS = 250;
const ASK_AT_MOST = 120;

export async function place(
  client: ShopClient,
  wish: Wish,
  tell: (placed: Placed) => void,
): Promise<Placed> {
  const beganMs = performance.now();
  const passed = () => `${Math.round(performance.now() - beganMs)} ms`;
  tell({ state: 'under way', words: 'Ordering …' });
  const { data, problem } = await tried(
    client.placeOrder({
      body: orderOf(wish),
      // Of this press of the button: should the page send it twice, it is one order.
      idempotencyKey: crypto.randomUUID(),
      ...(wish.later && { header: { Prefer: 'respond-async' } }),
    }),
  );
  let last = placedOf(data, problem, passed());
  for (let asked = 1; last.order?.status === 'placed' && asked <= ASK_AT_MOST; asked += 1) {
    tell({ ...last, state: 'under way', words: `Accepted after ${passed()}, asked ${asked} × …` });
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    const again = await tried(client.getOrder({ path: { orderId: last.order.id } }));
    const words = `${passed()}, asked after ${asked} ×`;
    // One that nobody answered is asked again: the order is not lost because a service is away.
    if (again.data !== undefined) last = placedOf(again.data, undefined, words);
  }
  tell(last);
  return last;
}

function orderOf({ basket, customerId, cardToken }: Wish): NewOrder {
  const lines = basket.map(({ product, quantity }) => ({ productId: product.id, quantity }));
  return { customerId, lines, cardToken };
}

function placedOf(order: Order | undefined, problem: string | undefined, after: string): Placed {
  if (order === undefined)
    return { state: 'decided', words: `✖ ${problem} (${after})`, problem: true };
  const bad = order.status === 'rejected';
  const words = bad
    ? `✖ rejected: ${order.rejection}, after ${after}`
    : `✓ ${order.status} after ${after}`;
  return { state: 'decided', words, order, ...(bad && { problem: true }) };
}
