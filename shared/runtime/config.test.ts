// runtime/config.test.ts: what the environment may say, and the sentence for what it may not.
// Run by vitest; the environment is an object.
import { describe, expect, test } from 'vitest';
import {
  BadConfig,
  commonSettings,
  databaseSettings,
  demoKeyWarning,
  doorSettings,
  httpUrl,
  parseConfig,
  pastOrdersSetting,
} from './config.ts';

const spec = {
  ...commonSettings(3000),
  ...databaseSettings('shop.db'),
  ...doorSettings(),
  ...pastOrdersSetting(),
  CATALOG_URL: httpUrl('http://127.0.0.1:4001'),
};
const read = (env: Record<string, string>) => parseConfig(env, spec);

describe('an environment', () => {
  const defaults = {
    HOST: '127.0.0.1',
    PORT: 3000,
    LOG_LEVEL: 'info',
    LAB_CHAOS: false,
    INSTRUCTOR_KEY: 'demo-instructor',
    BODY_LIMIT_BYTES: 100_000,
    DATABASE_URL: 'file:.lab/data/shop.db',
    DATABASE_POOL_SIZE: 10,
    CUSTOMER_KEYS: ['demo-student'],
    RATE_LIMIT_RPS: 200,
    PAST_ORDERS: 1000,
    CATALOG_URL: 'http://127.0.0.1:4001',
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
    expect(CATALOG_URL).toBe('https://catalog.example');
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
    ['LAB_CHAOS', 'yes', 'on or off'],
    ['LAB_CHAOS', 'ON', 'on or off'],
    ['LOG_LEVEL', 'loud', 'one of debug, info, warn, error, silent'],
    ['CATALOG_URL', '127.0.0.1:4001', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog/', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog/v1', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog?v=1', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'http://catalog:99999', 'http://127.0.0.1:4001'],
    ['CATALOG_URL', 'ftp://catalog', 'http://127.0.0.1:4001'],
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

describe('demo keys', () => {
  test('are warned of, each by name', () => {
    expect(demoKeyWarning(read({}))).toMatch(/demo-student, demo-instructor/);
    const own = { CUSTOMER_KEYS: 'alice,demo-student', INSTRUCTOR_KEY: 'frances' };
    expect(demoKeyWarning(read(own))).toContain('(demo-student)');
    const swapped = { CUSTOMER_KEYS: 'alice', INSTRUCTOR_KEY: 'demo-student' };
    expect(demoKeyWarning(read(swapped))).toContain('(demo-student)');
  });

  test('that were replaced are no cause for a warning', () => {
    const own = { CUSTOMER_KEYS: 'alice', INSTRUCTOR_KEY: 'frances' };
    expect(demoKeyWarning(read(own))).toBeNull();
  });
});
