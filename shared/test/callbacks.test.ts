// test/callbacks.test.ts: a callback of an order, from both shapes to a real receiver, across a crash.
// Apart from the contract, for a shape that runs elsewhere cannot call a receiver in this process.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getOrder, type Order, placeOrder } from '../contract/orders.ts';
import { productById } from '../fixtures/products.ts';
import { DEMO_CALLBACK_SECRET } from '../runtime/config.ts';
import { verify } from '../runtime/webhooks/signature.ts';
import { ask, send } from './asking.ts';
import { shapeNames, shapesAt } from './shapes.ts';
import { cancel, lineOf, newOrder } from './shopping.ts';
import { eventually } from './subject.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const earlGrey = productById('prd_0163');
const received: Received[] = [];
/** 0: none. */
let answerStatus = 204;
const receiver = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  received.push({ headers: request.headers, body });
  if (answerStatus > 0) response.writeHead(answerStatus).end();
});
let callbackUrl = '';

const shapes = await shapesAt(26_500);
beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/done`;
});
afterAll(() => {
  receiver.close();
  receiver.closeAllConnections();
});
beforeEach(() => {
  received.length = 0;
  answerStatus = 204;
});

describe.each(shapeNames)('%s', (name) => {
  const shape = shapes[name];
  beforeAll(() => shape.start());
  afterAll(() => shape.stop());
  const place = async (cardToken: string, headers: Record<string, string> = {}) => {
    const body = newOrder([lineOf(earlGrey)], { cardToken, callbackUrl });
    return JSON.parse((await send(shape, placeOrder, { body }, { headers })).text);
  };
  const callsOf = (orderId: string) =>
    received.filter(({ headers }) => headers['webhook-id'] === orderId);
  /** The first call for an order, once it has come; every one of them must be ours. */
  async function callOf(orderId: string) {
    await eventually(async () => expect(callsOf(orderId).length).toBeGreaterThanOrEqual(1));
    const calls = callsOf(orderId);
    for (const { headers, body } of calls)
      expect(verify(headers, body, DEMO_CALLBACK_SECRET, new Date())).toBe(true);
    return JSON.parse(calls[0]?.body ?? '');
  }
  const crash = () => shape.target.kill(name === 'monolith' ? 'monolith' : 'orders');

  test('an order that is confirmed is told, signed, once', async () => {
    const order: Order = await place('tok_visa');
    expect(await callOf(order.id)).toEqual({ type: 'order.confirmed', data: order });
    await sleep(2500);
    expect(callsOf(order.id)).toHaveLength(1);
  });

  test('so is one that is rejected, and one that nobody waited for', async () => {
    const { orderId } = await place('tok_lost');
    const later = { prefer: 'respond-async' };
    // Slower than the worker's round: an order is not told before it is decided.
    const [begun, refused] = [
      await place('tok_slow', later),
      await place('tok_slow_declined', later),
    ];
    const rejection = 'PAYMENT_DECLINED';
    const rejected = { type: 'order.rejected', data: { status: 'rejected', rejection } };
    expect(await callOf(orderId)).toMatchObject(rejected);
    expect(await callOf(refused.id)).toMatchObject(rejected);
    const confirmed = { type: 'order.confirmed', data: { ...begun, status: 'confirmed' } };
    expect(await callOf(begun.id)).toEqual(confirmed);
  });

  test('one that was cancelled before the call is still told as it was decided', async () => {
    answerStatus = 500;
    const order: Order = await place('tok_visa');
    await cancel(shape, order);
    await callOf(order.id);
    received.length = 0;
    answerStatus = 204;
    expect(await callOf(order.id)).toEqual({ type: 'order.confirmed', data: order });
  });

  test('a crash between the order and its call loses nothing, and a repeat has the same id', async () => {
    answerStatus = 503;
    const order: Order = await place('tok_visa');
    await callOf(order.id);
    crash();
    received.length = 0;
    answerStatus = 204;
    expect(await callOf(order.id)).toEqual({ type: 'order.confirmed', data: order });
  });

  test('an order whose checkout a crash cut off is told as rejected', async () => {
    const begun: Order = await place('tok_slow', { prefer: 'respond-async' });
    crash();
    const { type, data } = await callOf(begun.id);
    expect([type, data.rejection]).toEqual(['order.rejected', 'INTERRUPTED']);
    const { status } = await ask(shape, getOrder, { params: { orderId: begun.id } });
    expect(status).toBe('rejected');
  });

  test('a call that nobody had answered when the shop was stopped is made again', async () => {
    answerStatus = 0;
    const order: Order = await place('tok_visa');
    await eventually(async () => expect(callsOf(order.id)).toHaveLength(1));
    await shape.target.restartComponent(name === 'monolith' ? 'monolith' : 'orders');
    received.length = 0;
    answerStatus = 204;
    expect(await callOf(order.id)).toMatchObject({ type: 'order.confirmed' });
  });
});
