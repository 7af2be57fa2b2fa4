// console/page-server.ts: serves one page that is made once, at / and nowhere else.
// Called by `npm run lab -- dremel`.
import { noPage, type PagesServer, page, servePages } from './serve-pages.ts';

export interface PageServer extends PagesServer {
  /** Until then whoever asks is told to wait. */
  show(html: string): void;
}

/**
 * Listens before there is a page: a taken port is found before anything is measured.
 * @throws Error EADDRINUSE for a port that is taken
 */
export async function startPageServer(at: {
  readonly port: number;
  readonly host: string;
}): Promise<PageServer> {
  let html: string | undefined;
  const server = await servePages(at, (path) => {
    if (!/^\/(\?|$)/.test(path)) return noPage(404, 'There is / and nothing else.');
    return html === undefined ? noPage(503, 'The page is being made.') : page(html);
  });
  return {
    ...server,
    show(made) {
      html = made;
    },
  };
}
