// console/page-server.ts: serves one page that is made once, at / and nowhere else.
// Called by `npm run lab -- dremel`.
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface PageServer {
  /** Where it listens. */
  readonly port: number;
  /** Until then whoever asks is told to wait. */
  show(html: string): void;
  close(): void;
}

/**
 * Listens before there is a page: a taken port is found before anything is measured.
 * @throws Error EADDRINUSE for a port that is taken
 */
export async function startPageServer(listen: {
  readonly port: number;
  readonly host: string;
}): Promise<PageServer> {
  let page: string | undefined;
  const server = createServer(({ method, url = '/' }, response) => {
    const send = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(method === 'HEAD' ? undefined : body);
    };
    if (method !== 'GET' && method !== 'HEAD')
      return send(405, 'text/plain', 'This page is only to be looked at.\n');
    if (!/^\/(\?|$)/.test(url)) return send(404, 'text/plain', 'There is / and nothing else.\n');
    if (page === undefined) return send(503, 'text/plain', 'The page is being made.\n');
    send(200, 'text/html; charset=utf-8', page);
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : listen.port,
    show(html) {
      page = html;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
