// reports/server.ts: opens the database, listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.
import { listen } from '@lab/chassis/listen.ts';
import { keepConsuming } from '@lab/chassis/queue-consumer.ts';
import { recordSale } from '@lab/shared/contract/reports.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { openBooks } from './open-books.ts';

await runProcess(async () => {
  const config = readConfig();
  const log = createLogger('reports', config.LOG_LEVEL);
  const db = await openBooks(import.meta.url, config, log);

  const app = createApp(config, db, log);
  const server = await listen(app, config, log);
  const from = { url: config.REPORTS_QUEUE_URL, aws: config, together: true };
  const consumer = await keepConsuming(app, recordSale, from, log);
  return {
    async close() {
      await consumer.close();
      await server.close();
      await db.close();
    },
  };
});
