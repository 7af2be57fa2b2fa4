// test/listen-suite.ts: how an app must leave its port, whatever framework it is made with.
// Registered by the listen.test.ts of both chassis.
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger, type Logger } from '../runtime/log.ts';
import { freePort } from './free-ports.ts';

type Address = { HOST: string; PORT: number; DRAIN_MS: number };
/** Serves an app that answers GET / with what `answer` resolves to. */
export type Serve = (
  answer: () => Promise<string>,
  address: Address,
  log: Logger,
) => Promise<{ close(): Promise<void> }>;

/** Registers the test; a process that is kept by a connection makes it time out. */
export function listenSuite(serve: Serve): void {
  test('closing waits for the answer under way, and for no connection after it', async () => {
    const [asked, answered] = [gate(), gate()];
    const address = { HOST: '127.0.0.1', PORT: await freePort(), DRAIN_MS: 0 };
    const slowly = async () => {
      asked.open();
      await answered.opened;
      return 'done';
    };
    const { close } = await serve(slowly, address, createLogger('test', 'silent'));
    const agent = new Agent({ keepAlive: true });
    // Opened to be quick later, as browsers do: it never asks anything.
    const spare = connect(address.PORT, address.HOST);
    onTestFinished(() => {
      agent.destroy();
      spare.destroy();
    });
    await once(spare, 'connect');
    const response = once(get({ host: address.HOST, port: address.PORT, agent }), 'response');
    await asked.opened;
    const closed = close();
    answered.open();
    const [answer] = (await response) as [IncomingMessage];
    expect(Buffer.concat(await answer.toArray()).toString()).toBe('done');
    await closed;
  }, 10_000);

  test('a server that drains goes on serving, and sends every caller elsewhere', async () => {
    const address = { HOST: '127.0.0.1', PORT: await freePort(), DRAIN_MS: 1000 };
    const log = createLogger('test', 'silent');
    const { close } = await serve(async () => 'done', address, log);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const connectionHeader = async () => {
      const asked = get({ host: address.HOST, port: address.PORT, agent });
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      expect(Buffer.concat(await answer.toArray()).toString()).toBe('done');
      return answer.headers.connection;
    };
    expect(await connectionHeader()).toBe('keep-alive');
    const closed = close();
    expect(await connectionHeader()).toBe('close');
    expect(await connectionHeader()).toBe('close');
    await closed;
    await expect(connectionHeader()).rejects.toThrow('ECONNREFUSED');
  }, 10_000);

  test('a caller who stood still while a server drained is still served, and then told', async () => {
    const address = { HOST: '127.0.0.1', PORT: await freePort(), DRAIN_MS: 50 };
    const { close } = await serve(async () => 'done', address, createLogger('test', 'silent'));
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const ask = () => once(get({ host: address.HOST, port: address.PORT, agent }), 'response');
    const [first] = (await ask()) as [IncomingMessage];
    await first.toArray();
    const closed = close();
    // Six drains later; a server that only looked at the clock would be gone.
    await new Promise((resolve) => setTimeout(resolve, 6 * address.DRAIN_MS));
    const [late] = (await ask()) as [IncomingMessage];
    expect(late.headers.connection).toBe('close');
    await late.toArray();
    await closed;
  }, 10_000);

  test('a server that stood still itself while it drained first serves who waited', async () => {
    const address = { HOST: '127.0.0.1', PORT: await freePort(), DRAIN_MS: 50 };
    const { close } = await serve(async () => 'done', address, createLogger('test', 'silent'));
    const [told, waiting] = [await keptAlive(address.PORT), await keptAlive(address.PORT)];
    const closed = close();
    expect(await told.ask()).toContain('Connection: close');
    const answer = waiting.ask();
    standStill(6 * address.DRAIN_MS);
    expect(await answer).toContain('200 OK');
    await closed;
  }, 10_000);
}

/** A connection that has been used once. What it asks is on its way before `ask` returns. */
async function keptAlive(port: number) {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const ask = async () => {
    socket.write('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
    const [bytes] = await Promise.race([once(socket, 'data'), once(socket, 'end')]);
    return String(bytes);
  };
  await ask();
  return { ask };
}

/** Nothing of this process goes on meanwhile: its server as little as its clients. */
function standStill(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
