// runtime/operating.test.ts: the pages every process has, and how it finds out whether it is ready.
// Run by vitest; the dependencies are functions.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { publicOperations } from '../contract/operations.ts';
import { Readiness } from '../contract/topology.ts';
import { fits } from '../contract/validate.ts';
import { type About, operatingPages } from './operating.ts';

const nowhere = new URL('file:///nowhere/');

function about(changes: Partial<About> = {}): About {
  return {
    component: 'monolith',
    title: 'a shop.',
    baseUrl: 'http://127.0.0.1:3000',
    operations: publicOperations,
    dependencies: {},
    topology: async () => ({ shape: 'test', components: [] }),
    metrics: { observe: () => {}, text: async () => 'requests 7\n' },
    assets: nowhere,
    ...changes,
  };
}

async function page(path: string, changes: Partial<About> = {}) {
  const found = operatingPages(about(changes)).find((one) => one.path === path);
  if (found === undefined) throw new Error(`There is no page ${path}.`);
  const { status, type, body } = await found.answer();
  return { status, type, text: body.toString() };
}

test('a process is alive whatever it depends on', async () => {
  const dependencies = { database: () => Promise.reject(new Error('gone')) };
  const { status, text } = await page('/health', { dependencies });
  expect([status, JSON.parse(text)]).toEqual([200, { status: 'alive', component: 'monolith' }]);
});

test('a process is ready when everything it needs answers', async () => {
  const { status, text } = await page('/ready', { dependencies: { database: async () => {} } });
  const database = { name: 'database', health: 'up', reason: null };
  expect([status, JSON.parse(text)]).toEqual([200, { ready: true, dependencies: [database] }]);
});

test('one thing that does not answer makes it unready, and the reason is told', async () => {
  const dependencies = {
    catalog: async () => {},
    payments: () => Promise.reject(new Error('payments cannot be reached.')),
  };
  const { status, text } = await page('/ready', { dependencies });
  expect(status).toBe(503);
  expect(fits(Readiness)(JSON.parse(text))).toBeNull();
  expect(JSON.parse(text).dependencies).toEqual([
    { name: 'catalog', health: 'up', reason: null },
    { name: 'payments', health: 'down', reason: 'payments cannot be reached.' },
  ]);
});

test('something that never answers is not waited for', async () => {
  const dependencies = { database: () => new Promise<void>(() => {}) };
  const { status, text } = await page('/ready', { dependencies });
  expect([status, JSON.parse(text).dependencies[0].health]).toEqual([503, 'down']);
});

test('the welcome names every operation once, and which need a key', async () => {
  const { text } = await page('/');
  const lines = text
    .split('\n')
    .filter((line) => /^ {2}(GET|POST|PUT|DELETE) \/\S+ {2}/.test(line));
  expect(lines).toHaveLength(publicOperations.length);
  for (const [at, { method, path, summary, access }] of publicOperations.entries()) {
    expect(lines[at]).toContain(`${method} ${path} `);
    const notes = {
      open: '',
      customer: '  (x-api-key)',
      instructor: "  (the instructor's x-api-key)",
    };
    const note = access === 'internal' ? '' : notes[access];
    expect(lines[at]?.endsWith(`${summary}${note}`)).toBe(true);
  }
});

test('a process with one feature does not advertise another', async () => {
  const operations = publicOperations.filter(({ feature }) => feature === 'reports');
  const { text } = await page('/', { operations });
  expect(text).not.toContain('/orders');
  expect(text).not.toContain('/products?');
});

test('metrics are printed as they are', async () => {
  expect(await page('/metrics')).toEqual({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    text: 'requests 7\n',
  });
});

test('the docs’ files come from beside the zip’s entry, or else from the package', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-assets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'swagger-ui.css'), 'body { color: teal }');
  const assets = pathToFileURL(`${folder}/`);
  expect((await page('/docs/swagger-ui.css', { assets })).text).toBe('body { color: teal }');
  expect((await page('/docs/swagger-ui.css')).text).toContain('.swagger-ui');
});
