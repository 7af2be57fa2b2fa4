// scenarios/after-sales.ts: what an order leaves behind: its payment, its message, the books.
// Read by id or by customer, so that these features are asked even while orders is down.
import { categories } from '@lab/shared/contract/catalog.ts';
import { listNotifications } from '@lab/shared/contract/notifications.ts';
import { getPayment } from '@lab/shared/contract/payments.ts';
import {
  type RevenueReport,
  revenueReport,
  type TopProduct,
  topProducts,
} from '@lab/shared/contract/reports.ts';
import { products } from '@lab/shared/fixtures/products.ts';
import { expecting, expectingProblem, someAndAll, sumOf } from './checks.ts';
import type { KnownOrder } from './known-orders.ts';
import { pickCustomerId, type Shopper, type ShotMaker } from './shopper.ts';
import { type Shot, shotAt } from './shot.ts';
import { stratified } from './stratified.ts';

/** The payment of an order of this run; before there is one, of an order that never was (404). */
export function readingPayments(shopper: Shopper): ShotMaker {
  const random = shopper.random('getPayment');
  return () => {
    const known = shopper.knownOrders.pick(random);
    return known === undefined ? noSuchPayment(shopper) : paymentOf(shopper, known);
  };
}

/** Messages may come late, by design of the services; this late they count as missing. */
const TOLD_WITHIN_MS = 5000;

/** The messages of a customer; whoever ordered more than five seconds ago must have some. */
export function readingNotifications({ options, knownOrders, random }: Shopper): ShotMaker {
  const stream = random('listNotifications');
  return () => {
    const customerId = knownOrders.pick(stream)?.customerId ?? pickCustomerId(stream);
    const since = knownOrders.firstConfirmedAtMs(customerId);
    const mayBeEmpty = since === undefined || options.clock() - since < TOLD_WITHIN_MS;
    return shotAt(listNotifications, options.customerKey, {
      query: { customerId, limit: '10' },
      check: expecting(listNotifications, ({ items }) => ({
        'some messages': mayBeEmpty || items.length > 0,
        'at most a page': items.length <= 10,
        'of that customer': items.every((message) => message.customerId === customerId),
        'with a text': items.every((message) => message.text !== ''),
      })),
    });
  };
}

/** Revenue by category, what sells best, and revenue by day, in turn. */
export function readingReports(shopper: Shopper): ShotMaker {
  const next = stratified<ShotMaker>([
    [() => revenue(shopper, 'category'), 1],
    [() => bestSellers(shopper), 2],
    [() => revenue(shopper, 'day'), 1],
  ]);
  return () => next()();
}

function paymentOf({ options }: Shopper, known: KnownOrder): Shot {
  return shotAt(getPayment, options.customerKey, {
    params: { orderId: known.id },
    check: expecting(getPayment, (payment) => ({
      'of that order': payment.orderId === known.id,
      'the total of the order': payment.amountCents === known.totalCents,
      charged: payment.status === 'charged',
    })),
  });
}

// No past order has this id: they end in digits, today's begin with 01.
function noSuchPayment({ options }: Shopper): Shot {
  return shotAt(getPayment, options.customerKey, {
    params: { orderId: 'ord_none' },
    check: expectingProblem(404, 'NOT_FOUND'),
  });
}

function revenue({ options }: Shopper, by: 'day' | 'category'): Shot {
  const keys: readonly string[] = categories;
  return shotAt(revenueReport, options.customerKey, {
    query: { by },
    check: expecting(revenueReport, (report) => ({
      ...soundReport(report),
      [`by ${by}`]: report.rows.every(({ key }) => keys.includes(key) === (by === 'category')),
    })),
  });
}

// Past orders are seeded, so books without revenue are not empty but lost.
function soundReport({ rows, totalCents, asOf }: RevenueReport) {
  return {
    'some rows': rows.length > 0,
    'a total above zero': totalCents > 0,
    'a total that is the sum of its rows': totalCents === sumOf(rows, (row) => row.revenueCents),
    'a time': asOf !== null,
  };
}

function bestSellers({ options }: Shopper): Shot {
  return shotAt(topProducts, options.customerKey, {
    query: { limit: '10' },
    check: expecting(topProducts, ({ items, asOf }) => ({
      'as in the catalog': someAndAll(items, isSoldAtItsPrice),
      'ten products': items.length === 10,
      'a time': asOf !== null,
      'the best first': items.every(
        ({ revenueCents }, index) => revenueCents <= (items[index - 1]?.revenueCents ?? Infinity),
      ),
    })),
  });
}

const fixtures = new Map(products.map((product) => [product.id, product]));

function isSoldAtItsPrice({ productId, name, quantity, revenueCents }: TopProduct): boolean {
  const known = fixtures.get(productId);
  return known?.name === name && quantity > 0 && revenueCents === quantity * known.priceCents;
}
