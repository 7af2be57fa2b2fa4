// test/listen-suite.ts: how an app must leave its port, whatever framework it is made with.
// Registered by the listen.test.ts of both chassis.
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger, type Logger } from '../runtime/log.ts';

type Address = { HOST: string; PORT: number };
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
    const address = { HOST: '127.0.0.1', PORT: await freePort() };
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
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
