// test/cors.test.ts: a page of another origin shops in every shape, if the shop lets that origin.
// By hand, and in Chromium with nothing but the generated SDK; skips that where there is none.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSdk } from '../../loadtests/sdk/generate.ts';
import { readDocument } from '../../loadtests/sdk/read-document.ts';
import { alice } from '../fixtures/customers.ts';
import { exchange } from './asking.ts';
import { cloudShape } from './cloud-shape.ts';
import { type Shape, shapeNames, shapesAt } from './shapes.ts';
import type { Subject } from './subject.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (executablePath === undefined)
  process.stdout.write('Skipped, a page in a browser: there is no /usr/bin/chromium\n');

/** As root it wants no sandbox; and it is to call nobody but us. */
const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-component-update'];
/** What stands in the script tag; the same server is two origins, by its name and by its number. */
let script = '';
const server = createServer(({ url }, response) => {
  if (url === '/sdk.js') response.setHeader('content-type', 'text/javascript').end(script);
  else
    response.setHeader('content-type', 'text/html').end('<script src="/sdk.js"></script>A page.');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const page = `http://127.0.0.1:${port}`;
const stranger = `http://localhost:${port}`;
afterAll(() => server.close());

const shapes = await shapesAt(23_500, { CORS_ORIGINS: page });
const asksFirst = {
  origin: page,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,idempotency-key,x-api-key',
};

for (const name of shapeNames) {
  describe(name, () => {
    beforeAll(() => shapes[name].start());
    afterAll(() => shapes[name].stop());
    byHand(shapes[name]);
    describe.skipIf(executablePath === undefined)('in a browser', () => {
      const { visit } = inChromium(shapes[name]);
      test('a page that the shop does not name gets no answer', async () => {
        const tab = await visit(stranger);
        await expect(tab.evaluate(shopping(shapes[name]))).rejects.toThrow('Failed to fetch');
      });
    });
  });
}

// Its template lets every page: API Gateway answers a preflight by itself and knows no list.
describe('serverless', () => {
  const cloud = cloudShape();
  beforeAll(() => cloud.start());
  afterAll(() => cloud.stop());

  test.each([
    ['a browser that asks before it orders', '/orders', { method: 'OPTIONS', headers: asksFirst }],
    ['an answer of a function', '/products?limit=1', { headers: { origin: page } }],
    ['a refusal of API Gateway', '/orders?customerId=cus_alice', { headers: { origin: page } }],
  ])('%s reaches the page', async (_, path, request) => {
    const { headers } = await exchange(cloud, path, request);
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  describe.skipIf(executablePath === undefined)('in a browser', () => {
    inChromium(cloud);
  });
});

function byHand(shape: Shape): void {
  test('a browser that asks before it orders is told it may', async () => {
    const { status, headers, text } = await exchange(shape, '/orders', {
      method: 'OPTIONS',
      headers: asksFirst,
    });
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    for (const sent of asksFirst['access-control-request-headers'].split(','))
      expect(headers.get('access-control-allow-headers')).toContain(sent);
    expect(headers.get('x-request-id')).toBeTruthy();
  });

  test.each([
    ['an answer', '/products?limit=1', 200],
    ['a refusal for want of a key', '/orders?customerId=cus_alice', 401],
    ['a refusal of what does not fit', '/products?limit=0', 400],
    ['a refusal where nothing answers', '/nowhere', 404],
  ])('the page may read %s', async (_, path, expected) => {
    const { status, headers } = await exchange(shape, path, { headers: { origin: page } });
    expect(status).toBe(expected);
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-expose-headers')).toContain('x-request-id');
    expect(headers.get('vary')).toBe('Origin');
  });

  test('another page is told nothing', async () => {
    const headers = { ...asksFirst, origin: stranger };
    const asked = await exchange(shape, '/orders', { method: 'OPTIONS', headers });
    expect(asked.status).toBe(405);
    const read = await exchange(shape, '/products?limit=1', { headers });
    for (const answer of [asked, read])
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
}

/** In the page: an order, the order again, and one that the bank declines. */
const shopping = ({ baseUrl, customerKey: apiKey }: Subject) => `(async () => {
  const shop = ShopSdk.createClient(${JSON.stringify({ baseUrl, apiKey })});
  const lines = [{ productId: 'prd_0002', quantity: 1 }];
  const order = (cardToken) => shop.placeOrder({
    idempotencyKey: 'page-' + cardToken,
    body: { customerId: '${alice.id}', lines, cardToken },
  });
  const { data } = await order('tok_visa');
  const read = await shop.getOrder({ path: { orderId: data.id } });
  const { error } = await order('tok_declined');
  return { placed: data, read: read.data, error };
})()`;

function inChromium(shape: Subject) {
  let browser: Browser;
  beforeAll(async () => {
    script = (await generateSdk(await readDocument(shape.baseUrl)))['shop-sdk.global.js'];
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: quiet,
    });
  });
  afterAll(() => browser?.close());
  async function visit(address: string) {
    const tab = await browser.newPage();
    await tab.goto(address);
    return tab;
  }

  test('a page of another origin orders, reads the order and a refusal', async () => {
    const tab = await visit(page);
    const result = (await tab.evaluate(shopping(shape))) as Record<string, object>;
    expect(result.placed).toMatchObject({ status: 'confirmed', customerId: alice.id });
    expect(result.read).toEqual(result.placed);
    expect(result.error).toMatchObject({ status: 402, code: 'PAYMENT_DECLINED' });
  });
  return { visit };
}
