// notifications/handler.ts: the same app as Lambda functions, one behind API Gateway and one at a queue.
// The entry of their zip, called by the Lambda runtime; one database an environment.
import { consuming } from '@lab/chassis/consuming.ts';
import { answering } from '@lab/chassis/lambda.ts';
import { tellCustomer } from '@lab/shared/contract/notifications.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig();
const log = createLogger('notifications', config.LOG_LEVEL);
const db = await openOwnDatabase(import.meta.url, config);

const app = createApp(config, db, log);

export const handler = await answering(app);

/** Events of orders from a queue, up to ten at once; each is told as if it had come over REST. */
export const consumer = await consuming(app, tellCustomer);
