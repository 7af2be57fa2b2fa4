// references/arrival-counter.ts: answers everything at once and remembers when each request came.
// Bundled and started by servers.ts; the load generator's rate is measured by it.
import { createServer } from 'node:http';
import { port } from './settings.ts';

/** Epoch ms, since the last look. */
let arrivals: number[] = [];

createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  // What decides that it is ready is no arrival.
  if (request.url === '/served') return response.end('0');
  if (request.url !== '/arrivals') {
    arrivals.push(performance.timeOrigin + performance.now());
    return response.end('{}');
  }
  response.end(JSON.stringify(arrivals));
  arrivals = [];
}).listen(port, '127.0.0.1');
