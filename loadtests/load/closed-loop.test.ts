// load/closed-loop.test.ts: every answer has its latency, and never more are in flight than connections.
// Counts only: how long an answer takes is the machine's business.
import { expect, test } from 'vitest';
import { runClosedLoop } from './closed-loop.ts';
import { startSmallServer } from './small-server.ts';
import { startClosedLoop } from './start-closed-loop.ts';

test('as many latencies as requests were asked for, each at least the server’s own time', async () => {
  const server = await startSmallServer(() => ({ afterMs: 20 }));
  const url = `${server.baseUrl}/slow?x=1`;
  const { latenciesMs, failed } = await runClosedLoop({ url, connections: 3, requests: 10 });
  await server.close();
  expect(latenciesMs).toHaveLength(10);
  // A timer of Node may be early by a fraction of a millisecond.
  expect(Math.min(...latenciesMs)).toBeGreaterThan(18);
  expect(failed).toBe(0);
  expect([...server.arrived]).toEqual([['/slow?x=1', 10]]);
});

test('while nothing is answered nothing more is sent: that is what a closed loop does not see', async () => {
  const server = await startSmallServer(() => ({ afterMs: 600 }));
  const { latenciesMs } = await runClosedLoop({
    url: server.baseUrl,
    connections: 2,
    durationMs: 500,
  });
  await server.close();
  expect(latenciesMs).toHaveLength(2);
  expect(server.arrived.get('/')).toBe(2);
});

test('bad answers and broken connections are counted and have no latency', async () => {
  const server = await startSmallServer((_path, count) =>
    count % 2 === 0 ? { status: 500 } : { instead: 'reset' },
  );
  const plan = { url: server.baseUrl, connections: 1, requests: 6 };
  const { latenciesMs, failed } = await runClosedLoop(plan);
  await server.close();
  expect({ latenciesMs, failed }).toEqual({ latenciesMs: [], failed: 6 });
});

test('a process of its own answers plan after plan, and says what does not fit', async () => {
  const server = await startSmallServer();
  const loop = await startClosedLoop();
  const plan = { url: server.baseUrl, connections: 1, requests: 4 };
  expect((await loop.run({ ...plan, body: '{}' })).latenciesMs).toHaveLength(4);
  await expect(loop.run({ ...plan, url: 'http://example.com' })).rejects.toThrow('127.0.0.1 only');
  expect((await loop.run(plan)).latenciesMs).toHaveLength(4);
  await loop.close();
  await server.close();
  await expect(loop.run(plan)).rejects.toThrow('has ended');
});
