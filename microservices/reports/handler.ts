// reports/handler.ts: the same app as Lambda functions, one behind API Gateway and one at a queue.
// The entry of their zip, called by the Lambda runtime; one database an environment.
import { consuming } from '@lab/chassis/consuming.ts';
import { answering } from '@lab/chassis/lambda.ts';
import { recordSale } from '@lab/shared/contract/reports.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { openBooks } from './open-books.ts';

const config = readConfig();
const log = createLogger('reports', config.LOG_LEVEL);
const db = await openBooks(import.meta.url, config, log);

const app = createApp(config, db, log);

export const handler = await answering(app);

/** Events of orders from a queue, up to ten at once; each is entered as if it had come over REST. */
export const consumer = await consuming(app, recordSale);
