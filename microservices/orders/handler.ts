// orders/handler.ts: the same app as a Lambda function, and what server.ts has running beside it.
// The entry of the function's zip, called by the Lambda runtime; `deliver` is for a schedule.
import { answering, type RequestHandler } from '@lab/chassis/lambda.ts';
import { createBackground } from '@lab/shared/runtime/background.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { createCallbacks } from '@lab/shared/runtime/webhooks/callbacks.ts';
import type { Context } from 'aws-lambda';
import { createApp, type Shop } from './app.ts';
import { callbackStore } from './callbacks.model.ts';
import { readConfig } from './config.ts';
import * as orders from './controller.ts';
import { seedOrders } from './model.ts';
import { couriersOf, createNeighbours } from './neighbours.ts';
import { createOutboxInTurn } from './outbox-in-turn.ts';
import { recoverOnce } from './recovery.ts';
import { wiringOf } from './wiring.ts';

const config = readConfig();
const wiring = wiringOf(config);
const log = createLogger('orders', config.LOG_LEVEL);
const db = await openOwnDatabase(import.meta.url, config);
await seedOrders(db, pastOrdersOfToday(config.PAST_ORDERS));
const neighbours = createNeighbours(config);
const outbox = createOutboxInTurn(db, couriersOf(neighbours, db, wiring), log);
const callbacks = createCallbacks(callbackStore(db), config, log);
const background = createBackground(log);
const shop: Shop = { ...neighbours, db, orders, outbox, callbacks, background, wiring };
const answer = await answering(createApp(config, shop, log));

/**
 * Finishes what this request began and carries its events before it answers, whatever the caller
 * prefers: afterwards the process stands still.
 */
export const handler: RequestHandler = async (event, context) => {
  const answered = await answer(event, context);
  await background.settle();
  await outbox.settle();
  return answered;
};

/** Finishes what invocations left undone because they failed, or were ended half-way. */
export async function deliver(_event: unknown, context: Context): Promise<void> {
  await recoverOnce(shop, log);
  await outbox.drain();
  await callbacks.round(context.getRemainingTimeInMillis());
}
