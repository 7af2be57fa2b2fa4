// commands/lib/own-settings.ts: what whoever starts the lab has set: keys, pages, callbacks, queues.
// Called by start.ts and side-by-side.ts.
import {
  DEMO_CALLBACK_SECRET,
  DEMO_CUSTOMER_KEY,
  DEMO_INSTRUCTOR_KEY,
} from '@lab/shared/runtime/config.ts';

const callbacks = ['CALLBACK_ALLOW', 'CALLBACK_SECRET'];
const queues = [
  'AWS_ENDPOINT_URL_SQS',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'NOTIFICATIONS_QUEUE_URL',
  'REPORTS_QUEUE_URL',
  'PAYMENTS_QUEUE_URL',
];
const passedOn = ['CUSTOMER_KEYS', 'INSTRUCTOR_KEY', 'CORS_ORIGINS', ...callbacks];

/** Nothing else of whoever starts the lab reaches the shop. */
export function ownSettings(): Record<string, string> {
  return Object.fromEntries(
    [...passedOn, ...(process.env.AWS_ENDPOINT_URL_SQS ? queues : [])].flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}

type OwnKeys = Partial<Record<'CUSTOMER_KEYS' | 'INSTRUCTOR_KEY' | 'CALLBACK_SECRET', string>>;

/** The first of each, or those of the demonstration. */
export function keysNow() {
  const keys: OwnKeys = ownSettings();
  return {
    customerKey: keys.CUSTOMER_KEYS?.split(',')[0] ?? DEMO_CUSTOMER_KEY,
    instructorKey: keys.INSTRUCTOR_KEY ?? DEMO_INSTRUCTOR_KEY,
    callbackSecret: keys.CALLBACK_SECRET ?? DEMO_CALLBACK_SECRET,
    demoKeys: keys.CUSTOMER_KEYS === undefined || keys.INSTRUCTOR_KEY === undefined,
  };
}
