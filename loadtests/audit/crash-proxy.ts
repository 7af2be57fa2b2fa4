// audit/crash-proxy.ts: stands between the orders service and its neighbours, to strike at one moment.
// Used by the crash tests only.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { componentOf, type Feature, type Target, urlOf } from '../targets/targets.ts';

const neighbours = ['catalog', 'inventory', 'payments', 'notifications', 'reports'] as const;

/** The moment of a call at which something is done: when it arrives, or when its answer is there. */
export interface Moment {
  readonly service: Feature;
  readonly path: RegExp;
  readonly when: 'before' | 'after';
}

/** The call goes on when `act` resolves; with `lose` its caller gets no answer. */
type Act = () => Promise<'lose' | undefined>;

export interface CrashProxy {
  /** CATALOG_URL and so on: the environment that leads every call through here. */
  readonly env: Record<string, string>;
  /**
   * Does `act` at the next call that fits, once.
   * @returns resolves with the status that the service answered, when it has
   */
  strike(moment: Moment, act: Act): Promise<number>;
  close(): void;
}

interface Armed extends Moment {
  readonly act: Act;
  readonly answered: (status: number) => void;
}

export async function startCrashProxy(target: Target): Promise<CrashProxy> {
  const armed = new Set<Armed>();
  const servers = await Promise.all(
    neighbours.map((service) => listen(service, urlOf(componentOf(target, service)), armed)),
  );
  const entries = neighbours.map((service, index) => {
    const { port } = (servers[index] as Server).address() as AddressInfo;
    return [`${service.toUpperCase()}_URL`, `http://127.0.0.1:${port}`];
  });
  return {
    env: Object.fromEntries(entries),
    strike: (moment, act) =>
      new Promise((resolve) => armed.add({ ...moment, act, answered: resolve })),
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function listen(service: Feature, url: string, armed: Set<Armed>): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    // Whatever goes wrong between the two looks to the caller like a service that died.
    pass(service, url, armed, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function pass(
  service: Feature,
  url: string,
  armed: Set<Armed>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/' } = incoming;
  const body = await bytesOf(incoming);
  const strike = [...armed].find((one) => one.service === service && one.path.test(path));
  if (strike !== undefined) armed.delete(strike);
  let fate = strike?.when === 'before' ? await strike.act() : undefined;
  const { host: _ours, connection: _hop, ...headers } = incoming.headers;
  const answer = await request(url + path, {
    method: method as 'GET',
    headers,
    body: body.length > 0 ? body : null,
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  strike?.answered(answer.statusCode);
  if (strike?.when === 'after') fate = await strike.act();
  if (fate === 'lose') outgoing.destroy();
  else outgoing.writeHead(answer.statusCode, { 'content-type': 'application/json' }).end(bytes);
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
