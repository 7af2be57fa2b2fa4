// serverless/server.ts: the whole cloud as one process: starts it, tells of its functions, stops it.
// The entry of the zip; `npm start` and the experiments run it like every other component.
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { type CloudOptions, startCloud } from './cloud.ts';
import { type CloudConfig, portBaseOf, readConfig, shopOptions } from './config.ts';
import { createNews } from './environment-news.ts';

await runProcess(async () => startCloud(optionsOf(readConfig())));

function optionsOf(config: CloudConfig): CloudOptions {
  const newsOf = createNews();
  const shop = shopOptions(config);
  return {
    portBase: portBaseOf(config),
    dataFolder: config.DATA_FOLDER,
    codeOf: (zip) => config.FUNCTION_CODE[zip] ?? '',
    parameters: { ...shop.parameters, Chaos: config.LAB_CHAOS ? 'on' : 'off' },
    env: shop.env,
    functionConcurrency: shop.functionConcurrency,
    onEvent(event) {
      const news = newsOf(event);
      if (news !== undefined && process.connected) process.send?.(news);
    },
  };
}
