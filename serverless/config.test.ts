// serverless/config.test.ts: settings of the environment reach the template and the functions.
import { expect, test } from 'vitest';
import { FUNCTION_CONCURRENCY, readShopConfig, shopOptions } from './config.ts';

test('keys, limits and callbacks go where the shop reads them', () => {
  const env = {
    CUSTOMER_KEYS: 'key_of_a_class_of_twenty_signs,another',
    INSTRUCTOR_KEY: 'key_of_its_teacher_20',
    RATE_LIMIT_RPS: '7',
    PAST_ORDERS: '0',
    CALLBACK_ALLOW: 'loopback,10.1.0.0/16',
    CALLBACK_SECRET: 'whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0',
    LOG_LEVEL: 'warn',
  };
  expect(shopOptions(readShopConfig(env))).toEqual({
    parameters: {
      ApiKeyValue: 'key_of_a_class_of_twenty_signs',
      InstructorKeyValue: 'key_of_its_teacher_20',
      RateLimitRps: '7',
      PastOrders: '0',
    },
    env: {
      LOG_LEVEL: 'warn',
      RATE_LIMIT_RPS: '7',
      CALLBACK_ALLOW: 'loopback,10.1.0.0/16',
      CALLBACK_SECRET: 'whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0',
    },
    functionConcurrency: FUNCTION_CONCURRENCY,
  });
});

test('one key for both is refused before API Gateway would', () => {
  const CUSTOMER_KEYS = 'key_of_a_class_of_twenty_signs';
  expect(() => readShopConfig({ CUSTOMER_KEYS, INSTRUCTOR_KEY: CUSTOMER_KEYS })).toThrow(
    'CUSTOMER_KEYS begins with the INSTRUCTOR_KEY',
  );
});

test('a key that API Gateway would not take is refused by name', () => {
  expect(() => readShopConfig({ INSTRUCTOR_KEY: 'short' })).toThrow(
    'INSTRUCTOR_KEY has a key of 5 characters',
  );
});
