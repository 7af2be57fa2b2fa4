// console/serve-pages.ts: an HTTP server of pages that are only to be looked at.
// Started by page-server.ts with what there is to see.
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface PagesServer {
  /** Where it listens. */
  readonly port: number;
  /** Ends open connections, too. */
  close(): void;
}

/**
 * @param at host 127.0.0.1 outside of a container; port 0 takes a free one
 * @param answer what there is at a path, its query included
 * @throws Error EADDRINUSE for a port that is taken
 */
export async function servePages(
  at: { readonly port: number; readonly host: string },
  answer: (path: string) => PageAnswer | Promise<PageAnswer>,
): Promise<PagesServer> {
  const server = createServer(async ({ method, url = '/' }, response) => {
    const isRead = method === 'GET' || method === 'HEAD';
    const { status, type, body } = isRead ? await answer(url) : onlyToBeLookedAt;
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(method === 'HEAD' ? undefined : body);
  });
  server.listen(at.port, at.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : at.port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const page = (body: string): PageAnswer => ({
  ...{ status: 200, type: 'text/html; charset=utf-8', body },
});

/** @param words a sentence for who looks */
export const noPage = (status: number, words: string): PageAnswer => ({
  ...{ status, type: 'text/plain', body: `${words}\n` },
});

const onlyToBeLookedAt = noPage(405, 'This page is only to be looked at.');
