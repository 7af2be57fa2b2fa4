// test/cloud.test.ts: the template, deployed on this machine from the real zips, and shopped in.
// What each request means is the contract's business; here the parts of the cloud meet.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionCode } from '../../loadtests/targets/function-zips.ts';
import { type Cloud, startCloud } from '../../serverless/cloud.ts';
import { listProducts } from '../contract/catalog.ts';
import { listNotifications } from '../contract/notifications.ts';
import { revenueReport } from '../contract/reports.ts';
import { alice } from '../fixtures/customers.ts';
import { productById } from '../fixtures/products.ts';
import { DEMO_CUSTOMER_KEY } from '../runtime/config.ts';
import { ask } from './asking.ts';
import { buy, lineOf } from './shopping.ts';
import { eventually, type Subject } from './subject.ts';

const teapot = productById('prd_0001');
let cloud: Cloud;
let folder: string;
let codeOf: (zip: string) => string;
const open = () => startCloud({ codeOf, dataFolder: folder });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-cloud-'));
  codeOf = await functionCode();
  cloud = await open();
});
afterAll(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true, force: true });
});

const shop = () => ({ baseUrl: cloud.invokeUrl, customerKey: DEMO_CUSTOMER_KEY }) as Subject;
const told = async () =>
  (await ask(shop(), listNotifications, { query: { customerId: alice.id } })).items;
const books = async () => (await ask(shop(), revenueReport, { query: { by: 'day' } })).totalCents;

test('a customer browses and orders, and queues carry the order to who follows', async () => {
  const { items } = await ask(shop(), listProducts, { query: { limit: 3 } }, { key: null });
  expect(items).toHaveLength(3);
  const earned = await books();
  const order = await buy(shop(), [lineOf(teapot)], { customerId: alice.id });
  expect(order.status).toBe('confirmed');
  await eventually(async () => {
    expect((await told()).map(({ orderId }) => orderId)).toContain(order.id);
    expect(await books()).toBe(earned + order.totalCents);
  });
  const waiting = () => cloud.sqs.queues().map(({ visible, inFlight }) => visible + inFlight);
  await expect.poll(waiting).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a page of any origin may read what a function answers, and why the gateway refuses', async () => {
  for (const [path, status] of [
    ['/products?limit=1', 200],
    ['/reports/top-products', 401],
    ['/health', 200],
  ] as const) {
    const answer = await fetch(cloud.invokeUrl + path, { headers: { origin: 'http://a.page' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      status,
      '*',
    ]);
  }
});

test('when it closes no process is left, and a second start on the same folder knows the order', async () => {
  const names = Object.entries(cloud.outputs).filter(([name]) => name.endsWith('FunctionName'));
  const pids = names.flatMap(([, name]) => cloud.lambda.environmentsOf(name).map(({ pid }) => pid));
  expect(pids.length).toBeGreaterThan(3);
  const before = await told();
  const { invokeUrl } = cloud;
  await cloud.close();
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  cloud = await open();
  expect(await told()).toEqual(before);
  const path = (url: string) => new URL(url).pathname;
  expect(path(cloud.invokeUrl)).toBe(path(invokeUrl));
});
