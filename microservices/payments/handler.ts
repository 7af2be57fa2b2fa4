// payments/handler.ts: the same app as Lambda functions, one behind API Gateway and one at a queue.
// The entry of their zip, called by the Lambda runtime; one database an environment.
import { consuming } from '@lab/chassis/consuming.ts';
import { answering } from '@lab/chassis/lambda.ts';
import { requestPayment } from '@lab/shared/contract/payments.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { seedPayments } from './model.ts';
import { createOrdersClient } from './orders.client.ts';

const config = readConfig();
const log = createLogger('payments', config.LOG_LEVEL);
const db = await openOwnDatabase(import.meta.url, config);
await seedPayments(db, pastOrdersOfToday(config.PAST_ORDERS));

const orders = createOrdersClient(config);

const app = createApp(config, { db, orders }, log);

export const handler = await answering(app);

/** Payments that are asked for through a queue, up to five at once, each as if it had come over REST. */
export const consumer = await consuming(app, requestPayment);
