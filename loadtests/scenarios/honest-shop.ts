// scenarios/honest-shop.ts: a shop in memory that answers every request of the scenarios truthfully.
// For tests and stubs: it takes a shot and answers at once, without any architecture in between.
import type { Product } from '@lab/shared/contract/catalog.ts';
import type { NewOrder, Order } from '@lab/shared/contract/orders.ts';
import { askCardNetwork } from '@lab/shared/domain/card-network.ts';
import { becomes, draftOrder } from '@lab/shared/domain/order.ts';
import { productById, products } from '@lab/shared/fixtures/products.ts';
import type { Shot } from './shot.ts';

export interface ShopAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Same requests, same answers; it tells the customer at once and never runs out. */
export function honestShop(): (shot: Shot) => ShopAnswer {
  const orders = new Map<string, Order>();
  return (shot) => {
    const url = new URL(shot.path, 'http://shop');
    const id = url.pathname.split('/').at(-1) ?? '';
    const query = Object.fromEntries(url.searchParams);
    const answer = answers[shot.operation.id];
    if (answer === undefined) throw new Error(`The honest shop has no ${shot.operation.id}.`);
    return answer({ id, query, body: shot.body, orders });
  };
}

interface Asked {
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly orders: Map<string, Order>;
}

const ok = (body: unknown): ShopAnswer => ({ status: 200, body });
const refusal = (status: number, code: string): ShopAnswer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail: code },
});
const page = (items: unknown[], limit = '20') =>
  ok({ items: items.slice(0, Number(limit)), nextCursor: null });

// One operation a line or two: the least that is true, never how a real shop would do it.
const answers: Readonly<Record<string, (asked: Asked) => ShopAnswer>> = {
  listProducts: ({ query: { category, q = '', limit } }) => {
    const found = products.filter((product) => product.name.includes(q));
    const fitting = found.filter((product) => (category ?? product.category) === product.category);
    return page(fitting.map(withoutStock), limit);
  },
  getProduct: ({ id }) => ok(withoutStock(productById(id))),
  getStock: ({ id }) => ok({ productId: id, available: productById(id).initialStock }),
  placeOrder: ({ body, orders }) => place(JSON.parse(body ?? '') as NewOrder, orders),
  getOrder: ({ id, orders }) => ok(orders.get(id)),
  listOrders: ({ query, orders }) => page(ordersOf(orders, query.customerId), query.limit),
  getPayment: ({ id, orders }) => paymentOf(orders.get(id)),
  listNotifications: ({ query, orders }) =>
    page(ordersOf(orders, query.customerId).map(messageAbout), query.limit),
  revenueReport: ({ query }) => {
    const rows = [{ key: query.by === 'day' ? '2026-11-22' : 'tea', ...sold(products[1]) }];
    return ok({ rows, totalCents: rows[0]?.revenueCents, asOf: '2026-11-22T09:30:00.000Z' });
  },
  topProducts: () => {
    const dearest = [...products].sort((one, other) => other.priceCents - one.priceCents);
    const items = dearest.map(({ id, name, priceCents }) => ({
      productId: id,
      name,
      quantity: 3,
      revenueCents: 3 * priceCents,
    }));
    return ok({ items: items.slice(0, 10), asOf: '2026-11-22T09:30:00.000Z' });
  },
};

function place(input: NewOrder, orders: Map<string, Order>): ShopAnswer {
  const id = `ord_${orders.size + 1}`;
  const draft = draftOrder({ id, input, products, placedAt: '2026-11-22T09:30:00.000Z' });
  const { approved } = askCardNetwork(input.cardToken, draft.totalCents);
  if (!approved) return refusal(402, 'PAYMENT_DECLINED');
  const order = becomes(draft, 'confirmed');
  orders.set(id, order);
  return { status: 201, body: order };
}

function paymentOf(order: Order | undefined): ShopAnswer {
  if (order === undefined) return refusal(404, 'NOT_FOUND');
  const { id: orderId, totalCents: amountCents, placedAt: chargedAt } = order;
  return ok({ orderId, amountCents, status: 'charged', chargedAt });
}

function ordersOf(orders: Map<string, Order>, customerId: string | undefined): Order[] {
  return [...orders.values()].filter((order) => order.customerId === customerId).reverse();
}

function messageAbout({ id, customerId, placedAt }: Order) {
  const text = `Your order ${id} is confirmed.`;
  return {
    id: `ntf_${id}`,
    customerId,
    orderId: id,
    kind: 'order.confirmed',
    text,
    sentAt: placedAt,
  };
}

function withoutStock({ id, name, category, description, priceCents }: Product): Product {
  return { id, name, category, description, priceCents };
}

const sold = (product: Product | undefined) => ({
  orders: 1,
  quantity: 1,
  revenueCents: product?.priceCents ?? 0,
});
