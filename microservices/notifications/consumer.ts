// notifications/consumer.ts: events of orders from a queue; each is told as if it had come over REST.
// The other entry of the function's zip, called by the Lambda runtime with up to ten records.
import { consuming } from '@lab/chassis/consuming.ts';
import { tellCustomer } from '@lab/shared/contract/notifications.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { openOwnDatabase } from '@lab/shared/runtime/own-database.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig();
const log = createLogger('notifications', config.LOG_LEVEL);
const db = await openOwnDatabase(import.meta.url, config);

export const handler = await consuming(createApp(config, db, log), tellCustomer);
