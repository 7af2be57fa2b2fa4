// notifications/server.ts: opens the database, listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.
import { listen } from '@lab/chassis/listen.ts';
import { keepConsuming } from '@lab/chassis/queue-consumer.ts';
import { tellCustomer } from '@lab/shared/contract/notifications.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

await runProcess(async () => {
  const config = readConfig();
  const log = createLogger('notifications', config.LOG_LEVEL);
  const db = await openOwnDatabase(import.meta.url, config);

  const app = createApp(config, db, log);
  const server = await listen(app, config, log);
  const from = { url: config.NOTIFICATIONS_QUEUE_URL, aws: config };
  const consumer = await keepConsuming(app, tellCustomer, from, log);
  return {
    async close() {
      await consumer.close();
      await server.close();
      await db.close();
    },
  };
});
