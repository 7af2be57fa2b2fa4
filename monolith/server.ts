// monolith/server.ts: opens the database, recovers, listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.

import { demoKeyWarning } from '@lab/shared/runtime/config.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { createApp } from './app.ts';
import { seedProducts } from './catalog/model.ts';
import { listen } from './chassis/listen.ts';
import { readConfig } from './config.ts';
import { seedStock } from './inventory/model.ts';
import { seedOrders } from './orders/model.ts';
import { keepRecovering } from './orders/recovery.ts';
import { seedPayments } from './payments/model.ts';

await runProcess(async () => {
  const config = readConfig();
  const log = createLogger('monolith', config.LOG_LEVEL);
  const db = await openOwnDatabase(import.meta.url, config);
  await seedProducts(db);
  await seedStock(db);
  await seedOrders(db, pastOrdersOfToday(config.PAST_ORDERS));
  await seedPayments(db, pastOrdersOfToday(config.PAST_ORDERS));
  const recovery = keepRecovering({ db }, log);

  const warning = demoKeyWarning(config);
  if (warning) log.warn(warning);
  const server = await listen(createApp(config, db, log), config, log);
  return {
    async close() {
      await server.close();
      await recovery.close();
      await db.close();
    },
  };
});
