// orders/server.ts: opens the database, recovers, listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.
import { listen } from '@lab/chassis/listen.ts';
import { createBackground } from '@lab/shared/runtime/background.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { createCallbacks } from '@lab/shared/runtime/webhooks/callbacks.ts';
import { createApp, type Shop } from './app.ts';
import { callbackStore } from './callbacks.model.ts';
import { readConfig } from './config.ts';
import * as orders from './controller.ts';
import { seedOrders } from './model.ts';
import { couriersOf, createNeighbours } from './neighbours.ts';
import { createOutbox } from './outbox.ts';
import { keepRecovering } from './recovery.ts';
import { wiringOf } from './wiring.ts';

await runProcess(async () => {
  const config = readConfig();
  const wiring = wiringOf(config);
  const log = createLogger('orders', config.LOG_LEVEL);
  const db = await openOwnDatabase(import.meta.url, config);
  await seedOrders(db, pastOrdersOfToday(config.PAST_ORDERS));
  const neighbours = createNeighbours(config);
  const outbox = createOutbox(db, couriersOf(neighbours, db, wiring), log);
  const callbacks = createCallbacks(callbackStore(db), config, log);
  const background = createBackground(log);
  const shop: Shop = { ...neighbours, db, orders, outbox, callbacks, background, wiring };
  const recovery = keepRecovering(shop, log, { isAlone: !config.SHARES_DATABASE });
  const calling = callbacks.keepCalling();

  const server = await listen(createApp(config, shop, log), config, log);
  return {
    async close() {
      const called = calling.close();
      await server.close();
      await background.settle();
      await called;
      await recovery.close();
      await outbox.close();
      await Promise.all(Object.values(neighbours).map((neighbour) => neighbour?.close()));
      await db.close();
    },
  };
});
