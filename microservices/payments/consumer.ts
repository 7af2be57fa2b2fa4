// payments/consumer.ts: payments that are asked for through a queue, each as if it had come over REST.
// The other entry of the function's zip, called by the Lambda runtime with up to five records.
import { consuming } from '@lab/chassis/consuming.ts';
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

export const handler = await consuming(createApp(config, { db, orders }, log), requestPayment);
