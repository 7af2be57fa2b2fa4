// scenarios/ordering.ts: checking out, with good cards and bad, and reading orders back.
// Every confirmed order is remembered for the requests that need one.
import type { StockLine } from '@lab/shared/contract/inventory.ts';
import {
  getOrder,
  listOrders,
  type NewOrder,
  type Order,
  placeOrder,
} from '@lab/shared/contract/orders.ts';
import { productById } from '@lab/shared/fixtures/products.ts';
import { expecting, expectingProblem, someAndAll, sumOf } from './checks.ts';
import type { KnownOrder } from './known-orders.ts';
import { pickCustomerId, pickPlentiful, type Shopper, type ShotMaker } from './shopper.ts';
import { type Shot, type ShotParts, shotAt } from './shot.ts';
import { stratified } from './stratified.ts';

/** Checkouts that must succeed: confirmed, priced as in the fixtures, and then remembered. */
export function placingOrders(shopper: Shopper): ShotMaker {
  const random = shopper.random('placeOrder');
  const nextCard = stratified([
    ['tok_visa', 1],
    ['tok_mastercard', 1],
  ]);
  const place = checkout(shopper, 'paid');
  return () => {
    const order = newOrder(random, nextCard());
    return place(order, {
      check: expecting(placeOrder, (answer) => truthOf(answer, order)),
      learn: (body) => learnFrom(shopper, body as Order),
    });
  };
}

/** A declined card is a good answer badly received: 402 PAYMENT_DECLINED is what is right. */
export function placingDeclinedOrders(shopper: Shopper): ShotMaker {
  const random = shopper.random('declined');
  const place = checkout(shopper, 'declined');
  return () =>
    place(newOrder(random, 'tok_declined'), { check: expectingProblem(402, 'PAYMENT_DECLINED') });
}

/** An order of this run; before there is one, the orders of a customer. */
export function readingOrders(shopper: Shopper): ShotMaker {
  const random = shopper.random('getOrder');
  const listing = listingOrders(shopper);
  return () => {
    const known = shopper.knownOrders.pick(random);
    return known === undefined ? listing() : readOrder(shopper, known);
  };
}

/** The orders of a customer; whoever ordered in this run must have some. */
export function listingOrders(shopper: Shopper): ShotMaker {
  const { options, knownOrders } = shopper;
  const random = shopper.random('listOrders');
  return () => {
    const customerId = knownOrders.pick(random)?.customerId ?? pickCustomerId(random);
    const mayBeEmpty = knownOrders.firstConfirmedAtMs(customerId) === undefined;
    return shotAt(listOrders, options.customerKey, {
      query: { customerId, limit: '10' },
      check: expecting(listOrders, ({ items }) => ({
        'some orders': mayBeEmpty || items.length > 0,
        'at most a page': items.length <= 10,
        'of that customer': items.every((order) => order.customerId === customerId),
        'sums that add up': items.every(addsUp),
      })),
    });
  };
}

// Two series, so that the keys of the one do not depend on how often the other was asked.
function checkout({ options }: Shopper, series: string) {
  let count = 0;
  return (order: NewOrder, parts: Pick<ShotParts, 'check' | 'learn'>): Shot => {
    count += 1;
    return shotAt(placeOrder, options.customerKey, {
      ...parts,
      headers: { 'idempotency-key': `${options.runId}-${series}-${count}` },
      body: order,
    });
  };
}

// One or two products, one piece of each: enough to take stock twice, little enough to last.
function newOrder(random: () => number, cardToken: string): NewOrder {
  const ids = new Set([pickPlentiful(random).id, pickPlentiful(random).id]);
  const lines: StockLine[] = [...ids].map((productId) => ({ productId, quantity: 1 }));
  return { customerId: pickCustomerId(random), lines, cardToken };
}

function truthOf(order: Order, asked: NewOrder) {
  return {
    confirmed: order.status === 'confirmed' && order.rejection === null,
    'of that customer': order.customerId === asked.customerId,
    'the lines asked for':
      order.lines.length === asked.lines.length &&
      asked.lines.every((line) => order.lines.some((got) => isLine(got, line))),
    'sums that add up': addsUp(order),
  };
}

function isLine(got: StockLine, asked: StockLine): boolean {
  return got.productId === asked.productId && got.quantity === asked.quantity;
}

/** The fixture's price on every line, and a total that is the sum of them, above zero. */
function addsUp(order: Order): boolean {
  const linesAreRight = someAndAll(order.lines, (line) => {
    const { priceCents } = productById(line.productId);
    return line.unitPriceCents === priceCents && line.totalCents === priceCents * line.quantity;
  });
  return linesAreRight && order.totalCents === sumOf(order.lines, (line) => line.totalCents);
}

function learnFrom({ knownOrders, options }: Shopper, order: Order): string {
  const { id, customerId, totalCents } = order;
  knownOrders.remember({ id, customerId, totalCents, confirmedAtMs: options.clock() });
  return id;
}

function readOrder({ options }: Shopper, known: KnownOrder): Shot {
  return shotAt(getOrder, options.customerKey, {
    params: { orderId: known.id },
    check: expecting(getOrder, (order) => ({
      'that order': order.id === known.id && order.customerId === known.customerId,
      confirmed: order.status === 'confirmed',
      'the total that was charged': order.totalCents === known.totalCents,
      'sums that add up': addsUp(order),
    })),
  });
}
