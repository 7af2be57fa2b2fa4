// reports/handler.ts: the same app as a Lambda function, one database an environment.
// The entry of the function's zip, called by the Lambda runtime.
import { answering } from '@lab/chassis/lambda.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { openBooks } from './open-books.ts';

const config = readConfig();
const log = createLogger('reports', config.LOG_LEVEL);
const db = await openBooks(import.meta.url, config, log);

export const handler = await answering(createApp(config, db, log));
