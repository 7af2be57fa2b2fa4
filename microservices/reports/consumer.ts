// reports/consumer.ts: events of orders from a queue; each is entered as if it had come over REST.
// The other entry of the function's zip, called by the Lambda runtime with up to ten records.
import { consuming } from '@lab/chassis/consuming.ts';
import { recordSale } from '@lab/shared/contract/reports.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { openBooks } from './open-books.ts';

const config = readConfig();
const log = createLogger('reports', config.LOG_LEVEL);
const db = await openBooks(import.meta.url, config, log);

export const handler = await consuming(createApp(config, db, log), recordSale);
