// live/shop-routes.ts: the storefront at the console's origin, and the address at which its orders call back.
// Mounted by console-app.ts.
import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import { shopPolicy } from '@lab/shared/runtime/pages.ts';
import { verify } from '@lab/shared/runtime/webhooks/signature.ts';
import express, { type Request, type Response } from 'express';
import type { Storefront } from '../../storefront/shop-files.ts';
import { lazily } from './lazily.ts';
import { type LiveShape, pageUrlOf } from './live-shape.ts';

export interface ShopKeys {
  /** What the storefront buys with. */
  readonly customerKey: string;
  /** What the shops sign their calls with; undefined where they cannot reach this page's server. */
  readonly callbackSecret?: string | undefined;
}

/** The storefront has another origin than its shops, and calls them through CORS like every other page. */
export function shopRoutes(
  shapes: readonly LiveShape[],
  { customerKey: apiKey, callbackSecret }: ShopKeys,
) {
  // Loaded when somebody looks: it brings the generator of SDKs along.
  const shop = lazily(async () => (await import('../../storefront/shop-files.ts')).buildShop());
  const send = (file: keyof Storefront['files']) => async (_: Request, response: Response) => {
    const made = (await shop()).files[file];
    response.set('content-security-policy', shopPolicy).type(extname(file)).send(made);
  };
  return express
    .Router()
    .get('/', ({ originalUrl }, response, next) => {
      // What the page names beside itself is found below a slash only.
      if (originalUrl.startsWith('/shop/')) next();
      else response.redirect(308, '/shop/');
    })
    .get('/', send('shop.html'))
    .get('/shop.js', send('shop.js'))
    .get('/shop.css', send('shop.css'))
    .get('/shops.json', async ({ protocol, headers: { host } }, response) => {
      // Where a browser finds them they say themselves.
      await Promise.all(shapes.map(({ asked }) => asked?.look()));
      const shops = shapes.map((one) => ({ name: one.target.name, url: pageUrlOf(one) }));
      const callbackUrl = `${protocol}://${host}/shop/callbacks`;
      response.json({ apiKey, shops, ...(callbackSecret !== undefined && { callbackUrl }) });
    })
    .use('/callbacks', callbackRoutes(callbackSecret ?? randomUUID()));
}

const MOST_WAITING = 100;

/**
 * A browser cannot be called: it listens here, under a token of its own, and the shop calls there. Where
 * nobody listens, as between two connections of a browser, the shop is told to try again.
 */
function callbackRoutes(secret: string) {
  const waiting = new Map<string, Response>();
  return express
    .Router()
    .get('/:token', ({ params: { token } }, response) => {
      if (!/^[0-9a-f-]{36}$/.test(token) || waiting.size >= MOST_WAITING)
        return void response.status(409).json({ problems: ['Nobody can wait there now.'] });
      waiting.get(token)?.end();
      waiting.set(token, response);
      response.on('close', () => waiting.get(token) === response && waiting.delete(token));
      response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': waiting\n\n');
    })
    .post(
      '/:token',
      express.text({ type: '*/*', limit: '100kb' }),
      ({ params: { token = '' }, headers, body }, response) => {
        if (typeof body !== 'string' || !verify(headers, body, secret, new Date()))
          return void response.status(401).json({ problems: ['No shop of this lab signed that.'] });
        const page = waiting.get(token);
        // Written anew: a line break in it would end the event.
        page?.write(`data: ${JSON.stringify(JSON.parse(body))}\n\n`);
        response.status(page === undefined ? 503 : 204).end();
      },
    );
}
