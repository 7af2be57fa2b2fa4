// gateway/callers.test.ts: callers who send too much or leave too early, and how each is counted.
// Run by vitest; every gateway is closed after its test, so whatever hangs fails it.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Handler, send, startGateway } from './fake-services.ts';

const swallow: Handler = (request, response) => request.resume().on('end', () => response.end());

/** A connection of its own, and all that came back on it. */
async function dial(url: string) {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const heard = { text: '' };
  socket.on('data', (bytes) => {
    heard.text += bytes;
  });
  await once(socket, 'connect');
  return { socket, heard };
}

const head = (length: string) =>
  `POST /orders HTTP/1.1\r\nhost: shop\r\nx-api-key: demo-student-one-shop\r\n` +
  `content-type: application/json\r\n${length}\r\n\r\n`;
const nextRequest = 'GET /health HTTP/1.1\r\nhost: shop\r\n\r\n';
const chunked = (bytes: number, size = 10_000) =>
  `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`.repeat(bytes / size);

test('a body of unknown length that is too large is read to its end, so the next is answered', async () => {
  const { socket, heard } = await dial(await startGateway({ orders: swallow }));
  socket.write(`${head('transfer-encoding: chunked') + chunked(300_000)}0\r\n\r\n`);
  await vi.waitFor(() => expect(heard.text).toContain('HTTP/1.1 413 '));
  socket.write(nextRequest);
  await vi.waitFor(() => expect(heard.text).toContain('HTTP/1.1 200 '));
});

test('so is one that nobody can be sent', async () => {
  const { socket, heard } = await dial(await startGateway({}));
  socket.write(head('transfer-encoding: chunked') + chunked(50_000));
  await vi.waitFor(() => expect(heard.text).toContain('HTTP/1.1 503 '));
  socket.write(`${chunked(40_000)}0\r\n\r\n${nextRequest}`);
  await vi.waitFor(() => expect(heard.text).toContain('HTTP/1.1 200 '));
});

test('a caller who leaves half-way through a body is not waited for by the service', async () => {
  const closed: boolean[] = [];
  const orders: Handler = (request) => {
    request.socket.once('close', () => closed.push(true));
    socket.destroy();
  };
  const { socket } = await dial(await startGateway({ orders }));
  socket.write(head('transfer-encoding: chunked') + chunked(10_000));
  await vi.waitFor(() => expect(closed).toEqual([true]));
});

test.each([
  ['fails', (response: ServerResponse) => response.destroy()],
  ['answers', (response: ServerResponse) => response.end('[]')],
])('when the caller has left and the service then %s, that is a 499', async (_how, then) => {
  const catalog: Handler = async (_request, response) => {
    socket.destroy();
    await sleep(50);
    then(response);
  };
  const url = await startGateway({ catalog });
  const { socket } = await dial(url);
  socket.write('GET /products HTTP/1.1\r\nhost: shop\r\n\r\n');
  await vi.waitFor(async () => {
    const { text } = await send(`${url}/metrics`);
    const counted = text.split('\n').filter((line) => /^http_requests_total.*listP/.test(line));
    expect(counted).toEqual(['http_requests_total{operation="listProducts",status="499"} 1']);
  });
});
