// console/status-server.test.ts: the page, what it shows, and shapes that are gone or silent.
// Run by `npm test`; the shapes are small servers over real HTTP.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startStatusServer } from './status-server.ts';

const topology = {
  shape: 'monolith',
  components: [{ name: 'monolith', kind: 'process', dependsOn: [], health: 'up', asOf: 'now' }],
};

async function shapeThat(answers: boolean): Promise<string> {
  const server = createServer((_, response) => {
    if (answers) response.end(JSON.stringify(topology));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function statusOf(...urls: string[]) {
  const shapes = urls.map((url, at) => ({ name: `shape ${at}`, url }));
  const server = await startStatusServer(shapes, { port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  return `http://127.0.0.1:${server.port}`;
}

test('a shape that answers is shown with its parts; one that is gone or silent is told apart', async () => {
  const url = await statusOf(await shapeThat(true), await shapeThat(false), 'http://127.0.0.1:1');
  const answer = await fetch(`${url}/status.json`);
  const shapes = (await answer.json()) as { state: string; components: unknown[] }[];
  expect(shapes.map(({ state }) => state)).toEqual(['answers', 'silent', 'gone']);
  expect(shapes[0]?.components).toEqual(topology.components);
});

test('the page loads nothing from elsewhere, and nothing can be changed through it', async () => {
  const url = await statusOf();
  const page = await (await fetch(url)).text();
  expect(page).toContain('One shop, side by side');
  expect(page).not.toMatch(/(?:src|href)="?https?:/);
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/chaos`)).status).toBe(404);
});
