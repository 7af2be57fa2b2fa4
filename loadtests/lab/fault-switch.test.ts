// lab/fault-switch.test.ts: a switch that is refused, or answers never, is told in a sentence.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { healAll, switchOn } from './fault-switch.ts';

async function doorThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a front door that hangs does not hold up whoever breaks or heals', async () => {
  const hung = await doorThat(() => {});
  await expect(switchOn(hung, 'payments', { kind: 'crash' })).rejects.toThrow(
    `payments did not take the fault within 2 s: ${hung} does not answer.`,
  );
  expect(await healAll(hung)).toBe(false);
}, 20_000);

test('a refusal is told with its status', async () => {
  const refusing = await doorThat((_, answer) => answer.writeHead(409).end('not now'));
  await expect(switchOn(refusing, 'payments', { kind: 'crash' })).rejects.toThrow(
    'payments refused the fault (409): not now',
  );
});
