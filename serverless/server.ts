// serverless/server.ts: the whole cloud as one process: starts it, tells of its functions, stops it.
// The entry of the zip; `npm start` and the experiments run it like every other component.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { type CloudOptions, startCloud } from './cloud.ts';
import { type CloudConfig, portBaseOf, readConfig } from './config.ts';
import { createNews } from './environment-news.ts';

await runProcess(async () => startCloud(optionsOf(readConfig())));

function optionsOf(config: CloudConfig): CloudOptions {
  const lambdaFolder = join(config.DATA_FOLDER, 'lambda');
  // Of releases that nobody runs any more; the logs stay.
  rmSync(join(lambdaFolder, 'code'), { recursive: true, force: true });
  const newsOf = createNews();
  return {
    portBase: portBaseOf(config),
    dataFolder: config.DATA_FOLDER,
    codeOf: (zip) => config.FUNCTION_CODE[zip] ?? '',
    parameters: {
      ApiKeyValue: config.CUSTOMER_KEYS,
      InstructorKeyValue: config.INSTRUCTOR_KEY,
      RateLimitRps: String(config.RATE_LIMIT_RPS),
      PastOrders: String(config.PAST_ORDERS),
      Chaos: config.LAB_CHAOS ? 'on' : 'off',
    },
    env: {
      LOG_LEVEL: config.LOG_LEVEL,
      RATE_LIMIT_RPS: String(config.RATE_LIMIT_RPS),
      CALLBACK_ALLOW: config.CALLBACK_ALLOW.join(','),
      CALLBACK_SECRET: config.CALLBACK_SECRET,
    },
    functionConcurrency: config.FUNCTION_CONCURRENCY,
    lambda: { folder: lambdaFolder },
    onEvent(event) {
      const news = newsOf(event);
      if (news !== undefined && process.connected) process.send?.(news);
    },
  };
}
