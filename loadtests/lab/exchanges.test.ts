// lab/exchanges.test.ts: exchanges are counted between two looks within one life, or not at all.
// The processes are small servers that print the metrics of a real one.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ComponentStatus } from '../targets/platform.ts';
import { exchangesDuring } from './exchanges.ts';

/** A component whose counter a test moves; it has answered much before. */
async function counter() {
  const state = { answered: 1000, pid: 1, workerPids: [] as number[] };
  const server = createServer((_, answer) =>
    answer.end(`http_requests_total{operation="listOrders",status="200"} ${state.answered}
http_requests_total{operation="none",status="404"} 77
`),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { state, status: () => ({ ...state, url }) as unknown as ComponentStatus };
}

async function twoProcesses() {
  const [door, behind] = [await counter(), await counter()];
  const running = {
    baseUrl: door.status().url,
    get components() {
      return [behind.status(), door.status()];
    },
  };
  return { door: door.state, behind: behind.state, running };
}

test('only what was answered meanwhile counts, late deliveries too', async () => {
  const { door, behind, running } = await twoProcesses();
  const counted = await exchangesDuring(running, async () => {
    door.answered += 100;
    behind.answered += 130;
    setTimeout(() => {
      behind.answered += 10;
    }, 50);
  });
  expect(counted).toBe('2.4');
});

test('a counter that began anew is not counted', async () => {
  const { door, behind, running } = await twoProcesses();
  const counted = await exchangesDuring(running, async () => {
    door.answered += 100;
    Object.assign(behind, { answered: 3, pid: 2 });
  });
  expect(counted).toBe('not counted');
});

test('workers that share a port are not counted', async () => {
  const { door, running } = await twoProcesses();
  door.workerPids = [7, 8];
  const counted = await exchangesDuring(running, async () => {
    door.answered += 100;
  });
  expect(counted).toBe('not counted');
});

test('what goes wrong with the requests themselves is thrown', async () => {
  const { running } = await twoProcesses();
  const failing = exchangesDuring(running, () => Promise.reject(new Error('breaks the contract')));
  await expect(failing).rejects.toThrow('breaks the contract');
});
