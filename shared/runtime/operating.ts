// runtime/operating.ts: the pages every process has beside its features: is it alive, what is it, docs.
// Framework-free; each chassis mounts the list.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { openApiDocument } from '../contract/openapi.ts';
import type { Operation } from '../contract/operation.ts';
import type { Readiness, Topology } from '../contract/topology.ts';
import { problem } from '../domain/problems.ts';
import type { Metrics } from './metrics.ts';
import { docsPage, docsPolicy, shopPolicy, toShop, welcome } from './pages.ts';

export interface About {
  /** `monolith`, `gateway`, `orders`, … */
  component: string;
  /** One sentence for people. */
  title: string;
  baseUrl: string;
  /** In the example of an order; default is the demo key. */
  exampleKey?: string | undefined;
  operations: readonly Operation[];
  /** What it cannot work without, by name; each check rejects when it does not answer. */
  dependencies: Readonly<Record<string, () => Promise<void>>>;
  /** How long each may take to answer; default 1000. */
  longestMs?: number | undefined;
  topology(): Promise<Topology>;
  metrics: Metrics;
  /** Folder of the storefront in the zip of whoever serves it; there is none beside the source. */
  shop?: URL | undefined;
  /** Folder with swagger-ui's two files when the process runs from a zip; else from node_modules. */
  assets: URL;
}

export interface Page {
  path: string;
  /** What it may load and call, where that is more than nothing: a Content-Security-Policy. */
  policy?: string;
  answer(): Promise<{ status: number; type: string; body: string | Buffer }>;
}

const json = 'application/json; charset=utf-8';
const html = 'text/html; charset=utf-8';

export function operatingPages(about: About): Page[] {
  const page = (path: string, type: string, body: () => unknown, status = 200): Page => ({
    path,
    answer: async () => ({ status, type, body: printed(await body()) }),
  });
  const document = openApiDocument(about);
  return [
    page('/', 'text/plain; charset=utf-8', () => welcome(about)),
    page('/health', json, () => ({ status: 'alive', component: about.component })),
    { path: '/ready', answer: () => readiness(about) },
    page('/topology', json, about.topology),
    page('/metrics', 'text/plain; version=0.0.4; charset=utf-8', about.metrics.text),
    page('/openapi.json', json, () => document),
    { ...page('/docs', html, () => docsPage(about.title)), policy: docsPolicy },
    page('/docs/swagger-ui.css', 'text/css; charset=utf-8', () => asset(about, 'swagger-ui.css')),
    page('/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8', () =>
      asset(about, 'swagger-ui-bundle.js'),
    ),
    ...(about.shop === undefined ? [] : shopPages(about.shop, page)),
  ];
}

function shopPages(folder: URL, page: (path: string, type: string, body: () => unknown) => Page) {
  const file = (name: string) => () => readFile(new URL(name, folder)).catch(notInZip);
  return [
    page('/shop', html, () => toShop),
    { ...page('/shop/', html, file('shop.html')), policy: shopPolicy },
    page('/shop/shop.css', 'text/css; charset=utf-8', file('shop.css')),
    page('/shop/shop.js', 'text/javascript; charset=utf-8', file('shop.js')),
  ];
}

/** The storefront is bundled when a zip is built. */
function notInZip(): never {
  throw problem(
    'notFound',
    'The storefront is in the zip of this shop, and this runs from source.',
  );
}

/** Asks every dependency at once, each for at most `longestMs`. */
export async function checkAll(
  dependencies: About['dependencies'],
  longestMs = 1000,
): Promise<Readiness['dependencies']> {
  return Promise.all(
    Object.entries(dependencies).map(async ([name, check]) => {
      const reason = await within(longestMs, check()).then(
        () => null,
        (error: Error) => error.message,
      );
      return { name, health: reason === null ? 'up' : 'down', reason } as const;
    }),
  );
}

async function readiness({ dependencies, longestMs }: About) {
  const found = await checkAll(dependencies, longestMs);
  const ready = found.every(({ health }) => health === 'up');
  const body = JSON.stringify({ ready, dependencies: found } satisfies Readiness);
  return { status: ready ? 200 : 503, type: json, body };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(problem('dependencyTimeout', `no answer in ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const printed = (body: unknown) =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);

/** From beside the bundle, or, when run from source, from the package itself. */
async function asset(about: About, name: string): Promise<Buffer> {
  const near = new URL(name, about.assets);
  try {
    return await readFile(near);
  } catch {
    return readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`));
  }
}
