// orders/controller.ts: the checkout: price, take stock, charge, confirm, tell the customer.
// Called by routes.ts; recoverOrders by recovery.ts, at the start and every second.
import type { NewOrder, Order, OrderQuery, PaymentOutcome } from '@lab/shared/contract/orders.ts';
import type { Problem as ProblemBody } from '@lab/shared/contract/problem.ts';
import { becomes, draftOrder } from '@lab/shared/domain/order.ts';
import { type Page, pageThrough } from '@lab/shared/domain/page.ts';
import { NotFound, Problem, problem, toProblem } from '@lab/shared/domain/problems.ts';
import { type Call, callFrom, newId, requestIdFrom } from '@lab/shared/runtime/call.ts';
import type { Shop } from './app.ts';
import { findGivenUp, insertRequest } from './awaited.model.ts';
import * as model from './model.ts';
import { insertEvent } from './outbox.model.ts';
import { answerAgain, eventOf, orderView, requestOf, ticketOf } from './view.ts';
import { currentCoupling } from './wiring.ts';

/**
 * Places an order, once per Idempotency-Key. What it returns is confirmed and stays so; or it is
 * `placed`, for a caller who does not want to wait, and decided afterwards.
 * @throws UNKNOWN_PRODUCT, DUPLICATE_PRODUCT, IDEMPOTENCY_KEY_REUSED, CALLBACK_REFUSED (422),
 *   OutOfStock, ORDER_IN_PROGRESS (409), PaymentDeclined (402); after any of them nothing is taken
 *   or charged.
 *   A problem that names an `orderId` has rejected that order for good, ORDER_IN_PROGRESS excepted;
 *   after any other 5xx, ask again with the same key
 */
export async function placeOrder(shop: Shop, input: NewOrder, call: Call): Promise<Order> {
  const ticket = ticketOf(input, call);
  const earlier = await model.findByKey(shop.db, ticket.key);
  if (earlier) return answerAgain(earlier, ticket, call);
  await shop.callbacks.check(input.callbackUrl);

  const productIds = input.lines.map((line) => line.productId);
  // DIFFERS: prices come over HTTP, docs/decisions/0005
  const products = await shop.catalog.getPrices(productIds, call);
  const placedAt = new Date().toISOString();
  const order = draftOrder({ id: newId('ord'), input, products, placedAt });
  await model.insertOrder(shop.db, order, ticket);
  const decided = decide(shop, order, input, call);
  if (!call.respondAsync) return decided;
  shop.background.add(decided);
  return order;
}

/** Confirms the order or rejects it, and stores which. */
async function decide(shop: Shop, order: Order, input: NewOrder, call: Call): Promise<Order> {
  try {
    return await checkOut(shop, order, input, call);
  } catch (error) {
    const why = { ...toProblem(error), orderId: order.id };
    // DIFFERS: what other services did, no database takes back, docs/decisions/0006
    await reject(shop, order, why, call);
    throw error instanceof Problem ? Problem.from(why) : error;
  }
}

// DIFFERS: a saga of local transactions, docs/decisions/0006
async function checkOut(
  shop: Shop,
  order: Order,
  { lines, cardToken }: NewOrder,
  call: Call,
): Promise<Order> {
  const payment = { orderId: order.id, amountCents: order.totalCents, cardToken };
  await shop.inventory.takeStock({ orderId: order.id, lines }, call);
  if (call.respondAsync && (await currentCoupling(shop.db, shop.wiring)) === 'queue') {
    await shop.db.transaction((tx) => insertRequest(tx, requestOf(payment)));
    shop.outbox.kick();
    return order;
  }
  await shop.payments.charge(payment, call);
  return confirm(shop, order);
}

async function confirm(shop: Shop, order: Order): Promise<Order> {
  const confirmed = becomes(order, 'confirmed');
  await shop.db.transaction(async (tx) => {
    await model.move(tx, confirmed);
    await insertEvent(tx, eventOf(confirmed));
  });
  shop.outbox.kick();
  return confirmed;
}

async function reject(shop: Shop, order: Order, why: ProblemBody, call: Call): Promise<void> {
  await model.move(shop.db, becomes(order, 'rejected', why.code), why);
  await undo(shop, order.id, call);
}

/**
 * Confirms an order whose payment was asked for through a queue, or rejects it; an order that is
 * decided stays as it is: then this is a repeat, or too late, and the refund is made already.
 * @throws NotFound (404)
 */
export async function settlePayment(
  shop: Shop,
  orderId: string,
  { refusal }: PaymentOutcome,
  call: Call,
): Promise<Order> {
  const order = await getOrder(shop, orderId);
  if (order.status !== 'placed') return order;
  if (refusal === null) return confirm(shop, order);
  const why = { ...refusal, orderId };
  await reject(shop, order, why, call);
  return getOrder(shop, orderId);
}

/** @throws NotFound (404) */
export async function getOrder({ db }: Pick<Shop, 'db'>, orderId: string): Promise<Order> {
  const row = await model.findOrder(db, orderId);
  if (row === undefined) throw new NotFound({ what: 'order', id: orderId });
  return orderView(row);
}

/** The orders of a customer, newest first. */
export async function listOrders({ db }: Shop, query: OrderQuery): Promise<Page<Order>> {
  return pageThrough(query, async (before, rows) =>
    (await model.findOrders(db, query.customerId, before, rows)).map(orderView),
  );
}

/** Cancels a confirmed order; a cancelled one stays as it is. @throws ORDER_NOT_CANCELLABLE (409) */
export async function cancelOrder(shop: Shop, orderId: string, call: Call): Promise<Order> {
  const order = await getOrder(shop, orderId);
  if (order.status === 'cancelled') return order;
  const cancelled = becomes(order, 'cancelled');
  // DIFFERS: decided here, undone there; the outbox tells the others, docs/decisions/0006
  await shop.db.transaction(async (tx) => {
    // Of two cancellations at once the first does it, and both give the same answer.
    if (!(await model.tryMove(tx, cancelled))) return;
    await insertEvent(tx, eventOf(cancelled));
  });
  shop.outbox.kick();
  await undo(shop, orderId, call);
  return cancelled;
}

// DIFFERS: a crash can leave stock taken and money charged elsewhere, docs/decisions/0006
/**
 * Rejects what a crash left half placed before `before`, and repeats what is not undone yet.
 * @returns how many orders it found
 */
export async function recoverOrders(shop: Shop, before: Date): Promise<number> {
  const left = [
    ...(await model.findPlaced(shop.db, before)),
    ...(await findGivenUp(shop.db, new Date())),
  ];
  const calledOff: string[] = [];
  for (const row of left) {
    const orderId = row.id;
    const why = problem('interrupted', 'The checkout was interrupted and called off.', { orderId });
    const rejected = becomes(orderView(row), 'rejected', why.code);
    // Lost only to its own request, which has then decided: there is nothing to undo.
    if (await model.tryMove(shop.db, rejected, toProblem(why))) calledOff.push(orderId);
  }
  const notUndone = await model.findNotUndone(shop.db, before);
  // At once: a service that hangs must not hold up the orders behind it for its timeout each.
  await Promise.all(
    [...calledOff, ...notUndone].map((id) => undo(shop, id, callFrom({}, requestIdFrom({})))),
  );
  return left.length;
}

/** Gives stock and money back. A service that does not answer is asked again by recoverOrders. */
async function undo(shop: Shop, orderId: string, call: Call): Promise<void> {
  const undone = await Promise.allSettled([
    shop.inventory.returnStock(orderId, call),
    shop.payments.refund(orderId, call),
  ]);
  if (undone.every(({ status }) => status === 'fulfilled'))
    await model.markUndone(shop.db, orderId);
}
