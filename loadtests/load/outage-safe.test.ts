// load/outage-safe.test.ts: what a reset does to autocannon's bookkeeping, with and without repair.
// The stock half says why the repair exists; should it ever fail, autocannon has been mended.
import autocannon from 'autocannon';
import { expect, test } from 'vitest';
import { outageSafe } from './outage-safe.ts';
import { startSmallServer } from './small-server.ts';

const paths = ['/one', '/two', '/three'];

/** Three requests in turn; each answer names its path and says whether it reached its own. */
async function attribution(setupClient: (client: unknown) => void) {
  let count = 0;
  const server = await startSmallServer((path) => {
    count += 1;
    return count % 500 === 499 ? { instead: 'reset' } : { body: path };
  });
  let right = 0;
  let wrong = 0;
  const requests = paths.map((path) => ({
    path,
    onResponse(_status: number, body: string) {
      if (body === JSON.stringify(path)) right += 1;
      else wrong += 1;
    },
  }));
  await autocannon({ url: server.baseUrl, connections: 4, duration: 2, setupClient, requests });
  await server.close();
  return { right, wrong };
}

test('stock autocannon credits answers to other requests once a connection was reset', async () => {
  const { wrong } = await attribution(() => {});
  expect(wrong).toBeGreaterThan(0);
});

test('the repaired one credits every answer to its own and counts the lost', async () => {
  let lost = 0;
  const { right, wrong } = await attribution(
    outageSafe((count) => {
      lost += count;
    }),
  );
  expect(wrong).toBe(0);
  expect(right).toBeGreaterThan(0);
  expect(lost).toBeGreaterThan(0);
});
