// gateway/server.ts: listens, and stops gracefully.
// The entry of the zip; also what `tsx` runs.
import { listen } from '@lab/chassis/listen.ts';
import { demoKeyWarning } from '@lab/shared/runtime/config.ts';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createServices } from './services.ts';

await runProcess(async () => {
  const config = readConfig();
  const log = createLogger('gateway', config.LOG_LEVEL);
  const services = createServices(config);
  const warning = demoKeyWarning(config);
  if (warning) log.warn(warning);

  const server = await listen(createApp(config, services, log), config, log);
  return {
    async close() {
      await server.close();
      await services.close();
    },
  };
});
