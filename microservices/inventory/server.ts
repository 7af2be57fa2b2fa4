// inventory/server.ts: opens the database, listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.
import { listen } from '@lab/chassis/listen.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { seedStock } from './model.ts';

await runProcess(async () => {
  const config = readConfig();
  const log = createLogger('inventory', config.LOG_LEVEL);
  const db = await openOwnDatabase(import.meta.url, config);
  await seedStock(db);

  const server = await listen(createApp(config, db, log), config, log);
  return {
    async close() {
      await server.close();
      await db.close();
    },
  };
});
