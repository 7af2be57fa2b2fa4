// targets/readiness.test.ts: what counts as ready, and what is said of the rest.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { freePort } from './ports.ts';
import { askReady } from './readiness.ts';

async function ask(listener: RequestListener) {
  const port = await freePort();
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const readiness = await askReady(`http://127.0.0.1:${port}/ready`);
  server.close();
  server.closeAllConnections();
  return readiness;
}

test('status 200 is ready', async () => {
  expect(await ask((_, response) => response.end('yes'))).toEqual({ ready: true, why: '' });
});

test('another status is not, and its body is kept as the reason', async () => {
  const answer = await ask((_, response) => response.writeHead(503).end('database is down'));
  expect(answer).toEqual({ ready: false, why: '503 database is down' });
});

test('silence, half an answer and a refused connection are not', async () => {
  expect(await ask(() => {})).toMatchObject({ ready: false });
  const half = await ask((_, response) => {
    response.writeHead(503, { 'content-length': '100' }).write('half');
    setTimeout(() => response.destroy(), 20);
  });
  expect(half).toEqual({ ready: false, why: 'half an answer' });
  const refused = await askReady(`http://127.0.0.1:${await freePort()}/ready`);
  expect(refused).toMatchObject({ ready: false, why: expect.stringContaining('ECONNREFUSED') });
});
