// references/stalling-stub.ts: answers truthfully after a known time, and stands still at known times.
// Bundled and started by servers.ts; load tools are tried on it, because the truth about it is known.
import { createServer } from 'node:http';
import { getProduct, listProducts } from '@lab/shared/contract/catalog.ts';
import { getStock } from '@lab/shared/contract/inventory.ts';
import { honestShop } from '../../scenarios/honest-shop.ts';
import { port, stub } from './settings.ts';

const shop = honestShop();

function answerTo(path: string): string {
  const single = path.startsWith('/stock/') ? getStock : getProduct;
  const operation = path.startsWith('/products?') ? listProducts : single;
  return JSON.stringify(shop({ operation, path, headers: {}, body: null, check: () => 'ok' }).body);
}

/** On the clock of performance.now(). */
let nextStallMs = Infinity;

createServer(({ url = '/' }, response) => {
  response.setHeader('content-type', 'application/json');
  // Milliseconds until it stands still again: a tool is started between two stalls.
  if (url === '/served') return response.end(String(nextStallMs - performance.now()));
  setTimeout(() => response.end(answerTo(url)), stub.serviceMs);
}).listen(port, '127.0.0.1');

const nothing = new Int32Array(new SharedArrayBuffer(4));

/** The event loop waits, as in a long pause of the collector, but costs no CPU. */
function stall(count: number): void {
  Atomics.wait(nothing, 0, 0, stub.stallMs);
  plan(count + 1);
}

/** By the clock, so that the stalls themselves do not push each other back. */
function plan(count: number): void {
  nextStallMs = count * stub.everyMs;
  setTimeout(() => stall(count), Math.max(0, nextStallMs - performance.now()));
}

if (stub.everyMs > 0) plan(1);
