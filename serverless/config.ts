// serverless/config.ts: every setting of the local cloud, read once from the environment.
// The only file of this deployable that touches process.env.

import { cloudPorts } from '@lab/shared/runtime/cloud-addresses.ts';
import {
  BadConfig,
  callbackSettings,
  DEMO_CUSTOMER_KEY,
  DEMO_INSTRUCTOR_KEY,
  integer,
  oneOf,
  onOff,
  parseConfig,
  pastOrdersSetting,
  text,
} from '@lab/shared/runtime/config.ts';

/**
 * Processes that each function may have at once. AWS brings a core for each; here a hundred cold
 * starts at a time would leave none to serve.
 */
export const FUNCTION_CONCURRENCY = 4;

/** Of the shop, wherever its functions are deployed on this machine. */
const shopSettings = {
  /** Of the functions. */
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  /** The template makes one key for customers: the first. */
  CUSTOMER_KEYS: apiKey(DEMO_CUSTOMER_KEY),
  INSTRUCTOR_KEY: apiKey(DEMO_INSTRUCTOR_KEY),
  RATE_LIMIT_RPS: integer(200, 1, 1_000_000),
  FUNCTION_CONCURRENCY: integer(FUNCTION_CONCURRENCY, 1, 10),
  ...callbackSettings(),
  ...pastOrdersSetting(),
};

/** @throws BadConfig with one sentence that names the variable */
export const readShopConfig = (env = process.env) => withTwoKeys(parseConfig(env, shopSettings));

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  withTwoKeys(
    parseConfig(env, {
      /** API Gateway's. Lambda and SQS are as far above it as cloud-addresses.ts says. */
      PORT: integer(5000, 3024, 61_211),
      /** Absolute; for databases, queues, faults, and Lambda's code and logs. */
      DATA_FOLDER: text('.lab/data/serverless'),
      /** Where each zip lies unpacked, as JSON: `{"catalog-function":"/a/folder"}`. */
      FUNCTION_CODE: folders,
      LAB_CHAOS: onOff(false),
      ...shopSettings,
    }),
  );

/** API Gateway takes each value once. */
function withTwoKeys<Keys extends Record<'CUSTOMER_KEYS' | 'INSTRUCTOR_KEY', string>>(keys: Keys) {
  if (keys.CUSTOMER_KEYS !== keys.INSTRUCTOR_KEY) return keys;
  throw new BadConfig('CUSTOMER_KEYS begins with the INSTRUCTOR_KEY: API Gateway wants two.');
}

export type ShopConfig = ReturnType<typeof readShopConfig>;
export type CloudConfig = ReturnType<typeof readConfig>;

/** What a cloud is started with for these settings. */
export const shopOptions = (config: ShopConfig) => ({
  parameters: {
    ApiKeyValue: config.CUSTOMER_KEYS,
    InstructorKeyValue: config.INSTRUCTOR_KEY,
    RateLimitRps: String(config.RATE_LIMIT_RPS),
    PastOrders: String(config.PAST_ORDERS),
  },
  env: {
    LOG_LEVEL: config.LOG_LEVEL,
    RATE_LIMIT_RPS: String(config.RATE_LIMIT_RPS),
    CALLBACK_ALLOW: config.CALLBACK_ALLOW.join(','),
    CALLBACK_SECRET: config.CALLBACK_SECRET,
  },
  functionConcurrency: config.FUNCTION_CONCURRENCY,
});

/** That of the lab. */
export const portBaseOf = ({ PORT }: Pick<CloudConfig, 'PORT'>) => PORT - cloudPorts['API Gateway'];

function folders(name: string, raw = '{}'): Readonly<Record<string, string>> {
  try {
    return JSON.parse(raw);
  } catch {
    throw new BadConfig(`${name} is "${raw}": it must be JSON, {"catalog-function":"/a/folder"}.`);
  }
}

/** API Gateway's own limits. */
function apiKey(fallback: string) {
  return (name: string, raw = fallback): string => {
    const [key = ''] = raw.split(',').map((word) => word.trim());
    if (key.length >= 20 && key.length <= 128) return key;
    const has = `${name} has a key of ${key.length} characters`;
    throw new BadConfig(`${has}: API Gateway, and so serverless, takes 20 to 128.`);
  };
}
