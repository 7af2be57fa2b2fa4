// monolith/server.ts: opens the database, recovers, listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackground } from '@lab/shared/runtime/background.ts';
import { demoKeyWarning } from '@lab/shared/runtime/config.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { createCallbacks } from '@lab/shared/runtime/webhooks/callbacks.ts';
import { createApp } from './app.ts';
import { seedProducts } from './catalog/model.ts';
import { handBack, isPrimary, startWorkers } from './chassis/cluster.ts';
import { listen } from './chassis/listen.ts';
import { placeReports } from './chassis/placement.ts';
import { type MonolithConfig, readConfig } from './config.ts';
import { seedStock } from './inventory/model.ts';
import { callbackStore } from './orders/callbacks.model.ts';
import { recoverOrders } from './orders/controller.ts';
import { seedOrders } from './orders/model.ts';
import { keepRecovering } from './orders/recovery.ts';
import { seedPayments } from './payments/model.ts';

/** How long a report under way may take once the process was told to stop. */
const REPORTS_GRACE_MS = 2000;

await runProcess(async () => {
  const config = readConfig();
  const log = createLogger('monolith', config.LOG_LEVEL);
  const db = await openSeeded(config);
  if (isPrimary(config.WORKERS)) {
    // Before any worker serves, every order that is still placed is one that nobody works on.
    await recoverOrders({ db }, new Date());
    await db.close();
    return startWorkers(config.WORKERS, config.WORKER_PROVEN_AFTER_MS);
  }
  const { books, close: closeBooks } = await placeReports(
    db,
    config.REPORTS_PLACEMENT,
    import.meta.url,
    log,
  );
  const callbacks = createCallbacks(callbackStore(db), config, log);
  const background = createBackground(log);
  const recovery = keepRecovering({ db }, log, { isAlone: config.WORKERS === 1 });
  const calling = callbacks.keepCalling();

  const warning = demoKeyWarning(config);
  if (warning) log.warn(warning);
  const server = await listen(
    createApp(config, { db, books, callbacks, background }, log),
    config,
    log,
  );
  return {
    async close() {
      const called = calling.close();
      const closed = server.close();
      // A report that takes longer is refused: it would keep the stop waiting.
      await Promise.race([closed, sleep(REPORTS_GRACE_MS, undefined, { ref: false })]);
      await closeBooks();
      await closed;
      await background.settle();
      await called;
      await handBack();
      await recovery.close();
      await db.close();
    },
  };
});

async function openSeeded(config: MonolithConfig): Promise<Database> {
  const db = await openOwnDatabase(import.meta.url, config);
  await seedProducts(db);
  await seedStock(db);
  await seedOrders(db, pastOrdersOfToday(config.PAST_ORDERS));
  await seedPayments(db, pastOrdersOfToday(config.PAST_ORDERS));
  return db;
}
