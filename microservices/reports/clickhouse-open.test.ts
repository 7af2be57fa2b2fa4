// reports/clickhouse-open.test.ts: what is no good address is said in a sentence; values in statements.
// Run by vitest; what needs a server skips without one.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readMigrations } from '@lab/shared/runtime/migrations.ts';
import {
  type ClickhouseCluster,
  clickhouseMissing,
  startClickhouse,
} from '@lab/shared/test/clickhouse-server.ts';
import { freePort } from '@lab/shared/test/free-ports.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClickhouse, withValues } from './clickhouse.ts';

const open = async (url: string) =>
  openClickhouse(url, await readMigrations(new URL('./migrations/clickhouse/', import.meta.url)));

test.each([
  ['clickhouse://', 'names no host'],
  ['clickhouse://127.0.0.1/a-b', 'names the database "a-b"'],
  ['clickhouse://127.0.0.1/shop;DROP', 'names the database "shop;DROP"'],
  ['clickhouse://user:secret@127.0.0.1:port/shop', 'is not a valid URL'],
  ['clickhouse://user:secret%@127.0.0.1/shop', 'has a % that begins no special character'],
  ['clickhouse://user:secret@127.0.0.1/shop?ssl=true', 'has "?ssl=true" at its end'],
  ['clickhouse://user:secret@127.0.0.1/shop?secure=1', 'has "?secure=1" at its end'],
])('%s %s, and its password is not told', async (url, wrong) => {
  const refused = await open(url).catch((error: Error) => error);
  expect(refused).toMatchObject({ name: 'UnusableDatabase' });
  expect(String(refused)).toContain(`DATABASE_URL ${wrong}`);
  expect(String(refused)).toContain('; write clickhouse://user:password@host');
  expect(String(refused)).not.toContain('secret');
});

test('nobody there is said with the address', async () => {
  const port = await freePort();
  await expect(open(`clickhouse://user:secret@127.0.0.1:${port}/shop`)).rejects.toThrow(
    `No ClickHouse answers at http://127.0.0.1:${port} (ECONNREFUSED); start it, or correct DATABASE_URL.`,
  );
});

test('something else that answers there is said in a sentence', async () => {
  const other = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(open(`clickhouse://127.0.0.1:${port}/shop`)).rejects.toMatchObject({
    name: 'UnusableDatabase',
  });
  other.close();
});

test('what goes into a statement cannot leave its quotes', () => {
  expect(withValues('a = $1 AND b = $2 AND c = $3', ["it's \\ ' OR 1", 5, null])).toBe(
    "a = 'it\\'s \\\\ \\' OR 1' AND b = 5 AND c = NULL",
  );
  expect(() => withValues('a = $2', ['only one'])).toThrow(RangeError);
  expect(() => withValues('a = $1', [Number.NaN])).toThrow(RangeError);
});

describe.skipIf(clickhouseMissing() !== undefined)('with a server', () => {
  let servers: ClickhouseCluster;
  beforeAll(async () => {
    servers = await startClickhouse(1);
  }, 60_000);
  afterAll(() => servers?.stop());

  test('a wrong name is refused in a sentence without the password', async () => {
    const url = servers.url(0, 'shop').replace('//', '//nobody:secret@');
    const refused = await open(url).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'UnusableDatabase' });
    expect(String(refused)).toMatch(/refuses the books \(.*nobody.*\); correct DATABASE_URL/);
    expect(String(refused)).not.toContain('secret');
  });

  test('quotes and backslashes come back as they went in', async () => {
    const db = await open(servers.url(0, 'quotes'));
    for (const text of ["it's", '\\', "\\'", 'käse\n', '$1', ''])
      expect(await db.get('SELECT $1 AS text', [text])).toEqual({ text });
    await expect(db.transaction(async () => {})).rejects.toThrow('no transactions');
    await db.close();
  });

  test('a slow query takes as long as it was told, and reads go on', async () => {
    const db = await open(servers.url(0, 'slow'));
    const startedMs = performance.now();
    const slow = db.faults.runSlowly(400);
    await db.ping();
    await slow;
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(395);
    expect(tookMs).toBeLessThan(4000);
    await db.close();
  });

  test('a lock keeps inserts waiting until it is healed', async () => {
    const db = await open(servers.url(0, 'locked'));
    const healing = new AbortController();
    const { over } = await db.faults.lockWrites(30_000, healing.signal);
    let inserted = false;
    const insert = db.insert('seen_events', [{ event_id: 'evt_1' }]).then(() => {
      inserted = true;
    });
    await db.ping();
    expect(inserted).toBe(false);
    healing.abort();
    await Promise.all([over, insert]);
    expect(await db.all('SELECT event_id FROM seen_events')).toEqual([{ event_id: 'evt_1' }]);
    await db.close();
  });
});
