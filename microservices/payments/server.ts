// payments/server.ts: opens the database, listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.
import { listen } from '@lab/chassis/listen.ts';
import { keepConsuming } from '@lab/chassis/queue-consumer.ts';
import { requestPayment } from '@lab/shared/contract/payments.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { seedPayments } from './model.ts';
import { createOrdersClient } from './orders.client.ts';

await runProcess(async () => {
  const config = readConfig();
  const log = createLogger('payments', config.LOG_LEVEL);
  const db = await openOwnDatabase(import.meta.url, config);
  await seedPayments(db, pastOrdersOfToday(config.PAST_ORDERS));

  const orders = createOrdersClient(config);
  const app = createApp(config, { db, orders }, log);
  const server = await listen(app, config, log);
  const from = { url: config.PAYMENTS_QUEUE_URL, aws: config };
  const consumer = await keepConsuming(app, requestPayment, from, log);
  return {
    async close() {
      await consumer.close();
      await server.close();
      await orders.close();
      await db.close();
    },
  };
});
