// references/bare-proxy.ts: node:http in front, one keep-alive undici pool behind, bytes in between.
// Bundled and started by servers.ts; the gateway is measured against it.
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { port, upstream } from './settings.ts';

let served = 0;
// As many connections as the gateway's default, CONNECTIONS_PER_SERVICE.
const pool = new Pool(upstream, { connections: 128 });

createServer(async (request, response) => {
  if (request.url === '/served') return response.end(String(served));
  served += 1;
  const { method = 'GET', url: path = '/', headers } = request;
  await pool
    .stream(
      { method: method as 'GET', path, headers, body: method === 'GET' ? null : request },
      ({ statusCode, headers }) => response.writeHead(statusCode, headers),
    )
    // The load ends in the middle of some answers: the caller is gone, and the proxy must not be.
    .catch(() => response.destroy());
}).listen(port, '127.0.0.1');
