// runtime/config.test.ts: what the environment may say, and the sentence for what it may not.
// Run by vitest; the environment is an object.
import { describe, expect, test } from 'vitest';
import {
  addresses,
  BadConfig,
  callbackSettings,
  commonSettings,
  DEMO_CALLBACK_SECRET,
  databaseSettings,
  demoKeyWarning,
  doorSettings,
  httpUrls,
  parseConfig,
  pastOrdersSetting,
  queueUrl,
} from './config.ts';

const spec = {
  ...commonSettings(3000),
  ...databaseSettings('shop.db'),
  ...doorSettings(),
  ...pastOrdersSetting(),
  ...callbackSettings(),
  CATALOG_URL: httpUrls('http://127.0.0.1:4001'),
  ORDERS_URL: addresses('http://127.0.0.1:4003'),
  REPORTS_QUEUE_URL: queueUrl,
};
const read = (env: Record<string, string>) => parseConfig(env, spec);

describe('an environment', () => {
  const defaults = {
    HOST: '127.0.0.1',
    PORT: 3000,
    PUBLIC_URL: '',
    LOG_LEVEL: 'info',
    LAB_CHAOS: false,
    FAULTS_FOLDER: '',
    INSTRUCTOR_KEY: 'demo-instructor-one-shop',
    BODY_LIMIT_BYTES: 100_000,
    DRAIN_MS: 0,
    DATABASE_URL: 'file:.lab/data/shop.db',
    DATABASE_POOL_SIZE: 10,
    CUSTOMER_KEYS: ['demo-student-one-shop'],
    CORS_ORIGINS: [],
    RATE_LIMIT_RPS: 200,
    PAST_ORDERS: 1000,
    CALLBACK_ALLOW: ['loopback'],
    CALLBACK_SECRET: DEMO_CALLBACK_SECRET,
    CATALOG_URL: ['http://127.0.0.1:4001'],
    ORDERS_URL: ['http://127.0.0.1:4003'],
    REPORTS_QUEUE_URL: '',
  };

  test('that says nothing gets the defaults', () => {
    expect(read({})).toEqual(defaults);
  });

  test('that says something empty says nothing', () => {
    expect(read(Object.fromEntries(Object.keys(spec).map((name) => [name, ''])))).toEqual(defaults);
  });

  test('that says everything is heard', () => {
    const said = { PORT: '65535', LAB_CHAOS: 'on', LOG_LEVEL: 'silent', PAST_ORDERS: '0' };
    expect(read(said)).toMatchObject({
      PORT: 65_535,
      LAB_CHAOS: true,
      LOG_LEVEL: 'silent',
      PAST_ORDERS: 0,
    });
    const keys = read({ CUSTOMER_KEYS: ' alice, bob ,,' }).CUSTOMER_KEYS;
    expect(keys).toEqual(['alice', 'bob']);
    const { CATALOG_URL } = read({ CATALOG_URL: 'https://catalog.example' });
    expect(CATALOG_URL).toEqual(['https://catalog.example']);
  });

  test('that names several addresses has a list', () => {
    const { CATALOG_URL } = read({ CATALOG_URL: 'http://a:1, http://b:2' });
    expect(CATALOG_URL).toEqual(['http://a:1', 'http://b:2']);
  });

  test('may name a function in the place of addresses, and a queue', () => {
    const sqs = 'http://127.0.0.1:9324/000000000000/shop-reports-events';
    const said = { ORDERS_URL: 'lambda:shop-orders', REPORTS_QUEUE_URL: sqs };
    expect(read(said)).toMatchObject({ ...said, ORDERS_URL: ['lambda:shop-orders'] });
  });

  test('once read can never change', () => {
    const config = read({}) as { PORT: number };
    expect(() => {
      config.PORT = 1;
    }).toThrow(TypeError);
  });
});

describe('a bad value', () => {
  test.each([
    ['PORT', '0', 'a whole number from 1 to 65535'],
    ['PORT', '65536', 'a whole number from 1 to 65535'],
    ['PORT', '80.5', 'a whole number from 1 to 65535'],
    ['PORT', 'http', 'a whole number from 1 to 65535'],
    ['PAST_ORDERS', '-1', 'a whole number from 0 to 10000000'],
    ['CORS_ORIGINS', 'http://127.0.0.1:8080/', 'like http://127.0.0.1:8080'],
    ['CORS_ORIGINS', 'shop.example', 'like http://127.0.0.1:8080'],
    ['CORS_ORIGINS', 'http://a.test:80', 'like http://127.0.0.1:8080'],
    ['LAB_CHAOS', 'yes', 'on or off'],
    ['LAB_CHAOS', 'ON', 'on or off'],
    ['LOG_LEVEL', 'loud', 'one of debug, info, warn, error, silent'],
    ['CATALOG_URL', '127.0.0.1:4001', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog/', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog/v1', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog?v=1', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog:99999', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'ftp://catalog', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'lambda:shop-catalog', 'http://127.0.0.1:4001'],
    ['ORDERS_URL', 'lambda:', 'http://127.0.0.1:4001'],
    ['REPORTS_QUEUE_URL', 'shop-reports-events', '/000000000000/events'],
    ['CALLBACK_ALLOW', 'loopback,everybody', 'loopback, public, or ranges such as 10.1.0.0/16'],
    ['CALLBACK_ALLOW', '10.0.0.0/33', 'loopback, public, or ranges such as 10.1.0.0/16'],
  ])(
    '%s=%s is refused in one sentence that names both and says what would fit',
    (name, raw, fit) => {
      expect(() => read({ [name]: raw })).toThrow(BadConfig);
      expect(() => read({ [name]: raw })).toThrow(new RegExp(`^${name} is "[^\n]+\\.$`));
      expect(() => read({ [name]: raw })).toThrow(fit);
      expect(() => read({ [name]: raw })).toThrow(raw);
    },
  );
});

test('a secret that is none is refused, and not shown', () => {
  const refusal =
    /^CALLBACK_SECRET does not fit: it must be whsec_ and 24 to 64 bytes in base64\.$/;
  expect(() => read({ CALLBACK_SECRET: 'whsec_c2hvcnQ=' })).toThrow(refusal);
});

describe('demo keys', () => {
  test('are warned of, each by name', () => {
    expect(demoKeyWarning(read({}))).toMatch(/demo-student-one-shop, demo-instructor-one-shop/);
    const own = { CUSTOMER_KEYS: 'alice,demo-student-one-shop', INSTRUCTOR_KEY: 'frances' };
    expect(demoKeyWarning(read(own))).toContain('(demo-student-one-shop)');
    const swapped = { CUSTOMER_KEYS: 'alice', INSTRUCTOR_KEY: 'demo-student-one-shop' };
    expect(demoKeyWarning(read(swapped))).toContain('(demo-student-one-shop)');
  });

  test('that were replaced are no cause for a warning', () => {
    const own = { CUSTOMER_KEYS: 'alice', INSTRUCTOR_KEY: 'frances' };
    expect(demoKeyWarning(read(own))).toBeNull();
  });
});
