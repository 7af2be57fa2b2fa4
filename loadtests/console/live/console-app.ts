// live/console-app.ts: the routes of the console: to look is open, to change something needs the key.
// Called by live-server.ts.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response } from 'express';
import { repoRoot } from '../../targets/lab-folders.ts';
import { pastResults } from './lab-runs.ts';
import { lazily } from './lazily.ts';
import { BadOrder, carryOut, type Desk, isOrder } from './orders.ts';
import { buildPage, contentPolicy, type PageFiles } from './page-files.ts';
import { type ShopKeys, shopRoutes } from './shop-routes.ts';

/** @param admit has a page hear of what happens */
export function consoleApp(desk: Desk, keys: ShopKeys, admit: (page: ServerResponse) => void) {
  const page = lazily(buildPage);
  const send = (type: string, of: keyof PageFiles) => async (_: Request, response: Response) => {
    const files = await page();
    response.set({ 'content-security-policy': contentPolicy, 'cache-control': 'no-cache' });
    response.type(type).send(files[of]);
  };
  const app = express().disable('x-powered-by');
  app.use(onlyThisMachine);
  app.get('/', send('html', 'html'));
  app.get('/console.js', send('text/javascript', 'script'));
  app.get('/console.css', send('text/css', 'style'));
  app.get('/stream', (_, response) => admit(response));
  app.get(
    '/key',
    (request, response) => void response.status(isKey(desk, request) ? 204 : 401).end(),
  );
  app.use('/shop', shopRoutes(desk.shapes, keys));
  app.get('/past', (_, response) => void response.json(pastResults(resultsFolder)));
  app.use('/results', files(resultsFolder));
  app.use('/rows', files(desk.load.folder));
  app.post(
    '/orders/:name',
    keyed(desk),
    express.json({ limit: '10kb' }),
    async (request, response) => {
      const name = String(request.params.name);
      if (!isOrder(name))
        return void response.status(404).json({ problems: [`No order "${name}".`] });
      response.json({ problems: await carryOut(desk, name, request.body ?? {}) });
    },
  );
  app.use((_, response) => void response.status(404).type('text').send('The console is at /.\n'));
  app.use(explain);
  return app;
}

const resultsFolder = join(repoRoot, 'results');

/** Reports are pages of their own, with their own policy in them. */
const files = (folder: string) =>
  express.static(folder, { index: 'report.html', dotfiles: 'ignore' });

/**
 * A page of another origin could send orders by a name that leads here (DNS rebinding), and simple
 * requests by a form: neither has the key, and neither gets as far as asking for it.
 */
function onlyThisMachine(request: Request, response: Response, next: NextFunction): void {
  const [, host, port = ''] = /^(.*?)(:\d+)?$/.exec(request.headers.host ?? '') ?? [];
  if (host === '127.0.0.1') next();
  // The shapes know the pages of one origin.
  else if (host === 'localhost') response.redirect(308, `http://127.0.0.1${port}${request.url}`);
  else response.status(421).type('text').send('The console answers at http://127.0.0.1 only.\n');
}

const keyed = (desk: Desk) => (request: Request, response: Response, next: NextFunction) =>
  isKey(desk, request)
    ? next()
    : void response.status(401).json({ problems: ['Only the instructor may change something.'] });

/** In a time that does not tell how much of it was right. */
function isKey({ key }: Desk, request: Request): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.get('x-api-key') ?? ''), digest(key));
}

function explain(
  error: Error & { status?: number },
  _: Request,
  response: Response,
  __: NextFunction,
) {
  const status = error instanceof BadOrder ? 400 : (error.status ?? 500);
  if (status >= 500) console.error('Console:', error);
  response.status(status).json({ problems: [error.message] });
}
