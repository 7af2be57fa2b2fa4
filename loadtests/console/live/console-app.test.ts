// live/console-app.test.ts: to look is open; orders need the key, fit their schema, or are refused.
// Run by `npm test`; the desk is a real one without a shape.

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { sign } from '@lab/shared/runtime/webhooks/signature.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor } from './door.ts';

const key = 'the-instructor';
const callbackSecret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
let lab: Door;
beforeAll(async () => {
  const keys = { instructorKey: key, customerKey: 'a-customer', callbackSecret };
  lab = await openDoor([], { port: 0, portBase: 49_000 + (process.pid % 1000), ...keys });
});
afterAll(async () => {
  const { desk } = await lab.inside();
  await lab.close();
  rmSync(desk.load.folder, { recursive: true, force: true });
});

const order = (name: string, body: unknown, given = key) =>
  fetch(`${lab.url}/orders/${name}`, {
    method: 'POST',
    headers: { 'x-api-key': given, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test.each(['', 'shop/'])(
  'the page at /%s is whole, and loads nothing from elsewhere',
  async (at) => {
    const page = await fetch(`${lab.url}/${at}`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).not.toMatch(/(?:src|href)="?https?:/);
    const parts = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path]) => path);
    expect(parts).toHaveLength(2);
    for (const path of parts) {
      const text = await (await fetch(new URL(path ?? '', page.url))).text();
      expect(text.length, path).toBeGreaterThan(1000);
      process.stdout.write(
        `  ${path}: ${text.length} bytes, ${gzipSync(text).length} compressed\n`,
      );
    }
  },
);

test('the storefront is sent to where its parts are found, and told its shops and its key', async () => {
  const { status, headers } = await fetch(`${lab.url}/shop`, { redirect: 'manual' });
  expect([status, headers.get('location')]).toEqual([308, '/shop/']);
  const told = await (await fetch(`${lab.url}/shop/shops.json`)).json();
  const callbackUrl = `${lab.url}/shop/callbacks`;
  expect(told).toEqual({ apiKey: 'a-customer', shops: [], callbackUrl });
});

test('who waits under a token hears of what a shop has signed, and of nothing else', async () => {
  const address = `${lab.url}/shop/callbacks/${randomUUID()}`;
  const listening = await fetch(address);
  const reader = listening.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe(': waiting\n\n');
  const body = JSON.stringify({ type: 'order.confirmed', data: { id: 'ord_1' } }, null, 2);
  const call = (secret: string, at = address) =>
    fetch(at, {
      method: 'POST',
      headers: { ...sign('ord_1', body, secret, new Date()), 'content-type': 'application/json' },
      body,
    });
  const elsewhere = `${lab.url}/shop/callbacks/${randomUUID()}`;
  expect((await call(callbackSecret, elsewhere)).status).toBe(503);
  expect((await call(`whsec_${Buffer.alloc(24, 8).toString('base64')}`)).status).toBe(401);
  expect((await call(callbackSecret)).status).toBe(204);
  expect((await reader?.read())?.value).toBe(
    'data: {"type":"order.confirmed","data":{"id":"ord_1"}}\n\n',
  );
  await reader?.cancel();
});

test.each([
  ...(['customers', 'fault', 'deployment', 'coupling', 'drill'] as const),
  ...(['experiment', 'heal', 'reveal', 'reset', 'stop'] as const),
])('who has no key cannot order %s', async (name) => {
  for (const wrong of ['', 'demo', `${key}x`, key.slice(1)])
    expect((await order(name, {}, wrong)).status, wrong).toBe(401);
});

const fault = { kind: 'crash', component: 'orders', percent: 1, durationMs: 1000, shapes: ['a'] };

test.each([
  ['customers', { running: true, rateRps: 100_000, scenario: 'mixed' }, '/rateRps must be'],
  ['customers', { running: 'yes', rateRps: 10, scenario: 'mixed' }, '/running must be'],
  ['fault', { ...fault, kind: 'flood' }, '/kind must be'],
  ['fault', { ...fault, component: '../x' }, '/component must be'],
  ['fault', { ...fault, durationMs: 1e9 }, '/durationMs must be'],
  ['fault', { ...fault, shapes: [] }, '/shapes must'],
  ['experiment', { id: '../../etc' }, '/id must match'],
  ['experiment', { id: 'e1', extra: 1 }, '/extra is not asked for'],
  ['drill', [], 'The order must be object'],
])('an order for %s with %o is refused, and says where', async (name, body, words) => {
  const answer = await order(name, body);
  expect(answer.status).toBe(400);
  const { problems } = (await answer.json()) as { problems: string[] };
  expect(problems).toEqual([expect.stringContaining(words)]);
});

test('a shape that is not there is said to be none', async () => {
  const answer = await order('fault', fault);
  expect(await answer.json()).toEqual({ problems: ['There is no shape "a".'] });
});

test('what is no JSON, no order or too large is refused in a sentence', async () => {
  expect((await order('reset', '{')).status).toBe(400);
  expect((await order('dance', {})).status).toBe(404);
  expect((await order('reset', `{"a":"${'x'.repeat(20_000)}"}`)).status).toBe(413);
});

test('a name that leads here from elsewhere gets nothing, and localhost is sent on', async () => {
  const { port } = new URL(lab.url);
  const ask = (host: string) =>
    new Promise((resolve) => {
      const asked = httpRequest({ port, host: '127.0.0.1', path: '/stream', headers: { host } });
      asked.on('response', ({ statusCode, headers }) => resolve([statusCode, headers.location]));
      asked.end();
    });
  expect(await ask('evil.example')).toEqual([421, undefined]);
  expect(await ask(`localhost:${port}`)).toEqual([308, `${lab.url}/stream`]);
});

test('the stream begins with the state of all there is', async () => {
  const abort = new AbortController();
  const answer = await fetch(`${lab.url}/stream`, { signal: abort.signal });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const reader = answer.body?.getReader();
  let text = '';
  while (!text.includes('"labRun"')) {
    const { value } = (await reader?.read()) ?? {};
    text += new TextDecoder().decode(value);
  }
  abort.abort();
  expect(text).toContain('event: state\ndata: {"atMs"');
  expect(text).toContain('"shapes":[]');
});
