// console/page-server.test.ts: one page, once it is there, and nothing else.
import { expect, onTestFinished, test } from 'vitest';
import { startPageServer } from './page-server.ts';

async function serverWith(page?: string) {
  const server = await startPageServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  if (page !== undefined) server.show(page);
  return { server, url: `http://127.0.0.1:${server.port}` };
}

test('who asks before the page is there is told to wait', async () => {
  const { server, url } = await serverWith();
  expect((await fetch(url)).status).toBe(503);
  server.show('<p>here</p>');
  const answer = await fetch(`${url}/?again`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await answer.text()).toBe('<p>here</p>');
});

test('there is nothing else, and nothing to change', async () => {
  const { url } = await serverWith('<p>here</p>');
  expect((await fetch(`${url}/package.json`)).status).toBe(404);
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('a taken port is an error that says so', async () => {
  const { server } = await serverWith();
  const second = startPageServer({ port: server.port, host: '127.0.0.1' });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
