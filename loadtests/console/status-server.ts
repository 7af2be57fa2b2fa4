// console/status-server.ts: serves the status page and what it shows.
// Called by `npm run lab -- status`, which docker-compose.yml runs as well.
import { noPage, type PagesServer, page, servePages } from './serve-pages.ts';
import { type ShapeAt, shapesNow } from './shapes-now.ts';
import { statusPage } from './status-page.ts';

/**
 * @param at host 127.0.0.1 outside of a container
 * @throws Error EADDRINUSE for a port that is taken
 */
export function startStatusServer(
  shapes: readonly ShapeAt[],
  at: { readonly port: number; readonly host: string },
): Promise<PagesServer> {
  return servePages(at, async (path) => {
    if (path === '/') return page(statusPage);
    if (path !== '/status.json') return noPage(404, 'There is / and /status.json.');
    const body = JSON.stringify(await shapesNow(shapes));
    return { status: 200, type: 'application/json', body };
  });
}
