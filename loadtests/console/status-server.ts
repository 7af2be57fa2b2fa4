// console/status-server.ts: serves the status page and what it shows.
// Called by `npm run lab -- status`, which docker-compose.yml runs as well.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type ShapeAt, shapesNow } from './shapes-now.ts';
import { statusPage } from './status-page.ts';

export interface StatusServer {
  /** Where it listens. */
  readonly port: number;
  close(): void;
}

/**
 * @param host 127.0.0.1 outside of a container
 * @throws Error EADDRINUSE for a port that is taken
 */
export async function startStatusServer(
  shapes: readonly ShapeAt[],
  { port, host }: { readonly port: number; readonly host: string },
): Promise<StatusServer> {
  const server = createServer(async ({ method, url }, response) => {
    const isRead = method === 'GET' || method === 'HEAD';
    const send = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(method === 'HEAD' ? undefined : body);
    };
    if (!isRead) return send(405, 'text/plain', 'This page is only to be looked at.\n');
    if (url === '/') return send(200, 'text/html; charset=utf-8', statusPage);
    if (url === '/status.json')
      return send(200, 'application/json', JSON.stringify(await shapesNow(shapes)));
    send(404, 'text/plain', 'There is / and /status.json.\n');
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
