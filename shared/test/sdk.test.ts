// test/sdk.test.ts: the SDK of a running monolith places orders in it, from Node and as a page's script.
// Browsers meet both shapes in cors.test.ts; the package itself is tested in loadtests/sdk.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SdkFiles, writeWhole } from '../../loadtests/sdk/files.ts';
import { generateSdk } from '../../loadtests/sdk/generate.ts';
import { readDocument } from '../../loadtests/sdk/read-document.ts';
import { listNotifications } from '../contract/notifications.ts';
import { alice } from '../fixtures/customers.ts';
import { theLastTeapot } from '../fixtures/products.ts';
import { ask } from './asking.ts';
import { shapesAt } from './shapes.ts';

const { monolith } = await shapesAt(23_000);
const folder = mkdtempSync(join(tmpdir(), 'sdk-program-'));
let files: SdkFiles;

beforeAll(async () => {
  await monolith.start();
  files = await generateSdk(await readDocument(monolith.baseUrl));
  writeWhole(join(folder, 'node_modules', 'shop-sdk'), files);
});
afterAll(async () => {
  await monolith.stop();
  rmSync(folder, { recursive: true });
});

/** Runs a program that has the SDK and nothing else. @returns what it printed */
async function run(program: string): Promise<string> {
  const path = join(folder, 'program.mjs');
  writeFileSync(path, program);
  const { stdout } = await promisify(execFile)(process.execPath, [path], { cwd: folder });
  return stdout;
}

test('the example in its README places an order as it stands', async () => {
  const [, example = ''] = /```js\n([\s\S]*?)```/.exec(files['README.md']) ?? [];
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
  expect(await run(example)).toContain("status: 'confirmed'");
});

test('a program places an order, reads it back, repeats it and is refused in typed words', async () => {
  const body = {
    customerId: alice.id,
    lines: [{ productId: theLastTeapot.id, quantity: 1 }],
    cardToken: 'tok_visa',
  };
  const printed = await run(`
    import { createClient } from 'shop-sdk';
    const shop = createClient({ apiKey: '${monolith.customerKey}' });
    const body = ${JSON.stringify(body)};
    const placed = await shop.placeOrder({ body, idempotencyKey: 'once' });
    const again = await shop.placeOrder({ body, idempotencyKey: 'once' });
    const read = await shop.getOrder({ path: { orderId: placed.data.id } });
    const gone = await shop.placeOrder({ body });
    const stranger = await createClient().placeOrder({ body });
    const results = { placed, again, read, gone, stranger };
    console.log(JSON.stringify(results));`);
  const { placed, again, read, gone, stranger } = JSON.parse(printed);
  expect(placed.data).toMatchObject({ lines: body.lines, status: 'confirmed', rejection: null });
  expect(again.data).toEqual(placed.data);
  expect(read.data).toEqual(placed.data);
  expect(gone.error).toMatchObject({ status: 409, code: 'OUT_OF_STOCK', wanted: 1, left: 0 });
  expect(stranger.error).toMatchObject({ status: 401, code: 'KEY_MISSING' });
  const told = await ask(monolith, listNotifications, { query: { customerId: alice.id } });
  expect(told.items.map(({ orderId }) => orderId)).toContain(placed.data.id);
});

test('the bundle for pages is one global, and all it needs of a browser is fetch', async () => {
  const browser = { fetch, Request, Response, Headers, FormData, URLSearchParams };
  const context = createContext({ ...browser });
  runInContext(files['shop-sdk.global.js'], context);
  expect(Object.keys(context)).toEqual([...Object.keys(browser), 'ShopSdk']);
  const page = await runInContext(
    `ShopSdk.createClient().listProducts({ query: { category: 'tea', limit: 3 } })`,
    context,
  );
  expect(page.data.items).toHaveLength(3);
});
