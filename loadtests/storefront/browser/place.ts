// browser/place.ts: places an order; where nobody waits, asks after it, or is called, until it is decided.
// Called by checkout.tsx, which is told of every step.
import type { NewOrder, Order } from '@lab/shared/contract/orders.ts';
import type { ShopClient } from 'shop-sdk';
import type { Basket } from './basket.ts';
import type { Called } from './called.ts';
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
  /** The same for every press on what is the same order: placed twice, it is one. */
  readonly idempotencyKey: string;
  /** Who is told when it is decided; else the shop is asked. */
  readonly called?: Called | undefined;
}

const ASK_EVERY_MS = 250;
const ASK_AT_MOST = 120;
/** The second attempt of a shop comes within this. */
const CALLED_WITHIN_MS = 30_000;

type Tell = (placed: Placed) => void;
type Passed = () => string;

export async function place(client: ShopClient, wish: Wish, tell: Tell): Promise<Placed> {
  const beganMs = performance.now();
  const passed = () => `${Math.round(performance.now() - beganMs)} ms`;
  const { data, problem } = await tried(
    client.placeOrder({
      body: orderOf(wish),
      idempotencyKey: wish.idempotencyKey,
      ...(wish.later && { header: { Prefer: 'respond-async' } }),
    }),
  );
  const first = placedOf(data, problem, passed());
  const last = await (data?.status !== 'placed'
    ? first
    : wish.called === undefined
      ? askAfter(client, first, passed, tell)
      : beCalled(client, wish.called, first, passed, tell));
  tell(last);
  return last;
}

async function askAfter(client: ShopClient, first: Placed, passed: Passed, tell: Tell) {
  let last = first;
  for (let asked = 1; last.order?.status === 'placed' && asked <= ASK_AT_MOST; asked += 1) {
    tell({ ...last, state: 'under way', words: `Accepted after ${passed()}, asked ${asked} × …` });
    await pause(ASK_EVERY_MS);
    const again = await tried(client.getOrder({ path: { orderId: last.order.id } }));
    const words = `${passed()}, asked after ${asked} ×`;
    // One that nobody answered is asked again: the order is not lost because a service is away.
    if (again.data !== undefined) last = placedOf(again.data, undefined, words);
  }
  return last;
}

async function beCalled(
  client: ShopClient,
  { order }: Called,
  first: Placed,
  passed: Passed,
  tell: Tell,
): Promise<Placed> {
  tell({ ...first, state: 'under way', words: `Accepted after ${passed()}, to be called …` });
  const decided = await Promise.race([order, pause(CALLED_WITHIN_MS)]);
  if (decided !== undefined) return placedOf(decided, undefined, `${passed()}, called back`);
  const asked = await tried(client.getOrder({ path: { orderId: first.order?.id ?? '' } }));
  return placedOf(asked.data ?? first.order, asked.problem, `${passed()}, for nobody called`);
}

const pause = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms));

function orderOf({ basket, customerId, cardToken, called }: Wish): NewOrder {
  const lines = basket.map(({ product, quantity }) => ({ productId: product.id, quantity }));
  return { customerId, lines, cardToken, ...(called && { callbackUrl: called.callbackUrl }) };
}

function placedOf(order: Order | undefined, problem: string | undefined, after: string): Placed {
  if (order === undefined)
    return { state: 'decided', words: `✖ ${problem} (${after})`, problem: true };
  if (order.status === 'placed')
    return { state: 'decided', words: `~ not decided yet, after ${after}`, order };
  const bad = order.status === 'rejected';
  const words = bad
    ? `✖ rejected: ${order.rejection}, after ${after}`
    : `✓ ${order.status} after ${after}`;
  return { state: 'decided', words, order, ...(bad && { problem: true }) };
}
