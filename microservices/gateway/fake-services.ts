// gateway/fake-services.ts: a gateway with services that are functions, and a client that sees bytes.
// Used by the tests beside it, never by the gateway.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Feature } from '@lab/shared/contract/operation.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { onTestFinished } from 'vitest';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createServices } from './services.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Starts a gateway; a feature that is left out is dead. All of it is closed when the test is over,
 * and a gateway that hangs on anything keeps the test from ending.
 * @returns the gateway's address
 */
export async function startGateway(
  handlers: Partial<Record<Feature, Handler>>,
  env: Record<string, string> = {},
): Promise<string> {
  const urls = Object.entries(handlers).map(async ([name, handler]) => {
    return [`${name.toUpperCase()}_URL`, await serve(handler)] as const;
  });
  const dead = 'http://127.0.0.1:1';
  const nowhere = { CATALOG_URL: dead, INVENTORY_URL: dead, ORDERS_URL: dead, PAYMENTS_URL: dead };
  const config = readConfig({
    ...nowhere,
    NOTIFICATIONS_URL: dead,
    REPORTS_URL: dead,
    LAB_CHAOS: 'on',
    ...Object.fromEntries(await Promise.all(urls)),
    ...env,
  });
  const services = createServices(config);
  const app = createApp(config, services, createLogger('gateway', 'silent'));
  onTestFinished(async () => {
    await app.close();
    await services.close();
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** Closed when the test is over. @returns its address */
export async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  /** In one piece with a Content-Length, or as the pieces of a body of unknown length. */
  body?: Buffer | Buffer[];
}

/** One request on a connection of its own. @throws when the connection breaks off */
export async function send(url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const length = Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {};
  const asked = request(url, { method, agent: false, headers: { ...length, ...headers } });
  for (const piece of [body ?? []].flat()) asked.write(piece);
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const bytes = Buffer.concat(await answer.toArray());
  return { status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString() };
}

/** A handler that answers with JSON. */
export const answering =
  (status: number, body: unknown): Handler =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
