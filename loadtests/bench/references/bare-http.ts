// references/bare-http.ts: node:http and nothing else: it takes a body and gives as many bytes back.
// Bundled and started by reference-servers.ts; the local cloud is measured against it.
import { createServer } from 'node:http';
import { port } from './settings.ts';

createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => response.end(Buffer.concat(parts)));
}).listen(port, '127.0.0.1');
