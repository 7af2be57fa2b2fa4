// load/small-server.ts: little HTTP servers for the tests, which count what reaches them.
// Run as a program, `small-server.ts <port>`, it is a child that can be killed for real.
import { createServer, type Server } from 'node:http';
import { pathToFileURL } from 'node:url';

export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly afterMs?: number;
  /** Drop the connection instead, or never answer. */
  readonly instead?: 'reset' | 'silence';
}

export interface SmallServer {
  readonly baseUrl: string;
  /** Requests that arrived, by path. */
  readonly arrived: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** @param reply by path; default: an empty object at once */
export async function startSmallServer(
  reply: (path: string, count: number) => Reply = () => ({}),
  port = 0,
): Promise<SmallServer> {
  const arrived = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const count = (arrived.get(path) ?? 0) + 1;
    arrived.set(path, count);
    const { status = 200, body = {}, headers = {}, afterMs = 0, instead } = reply(path, count);
    if (instead === 'reset') request.socket.destroy();
    if (instead !== undefined) return;
    const answer = () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (afterMs === 0) answer();
    else setTimeout(answer, afterMs);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${portOf(server)}`, arrived, close: () => closed(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await startSmallServer(undefined, Number(process.argv[2]));
  process.on('disconnect', () => process.exit(0));
  // Its own clock: whoever started it may be told late.
  process.send?.({ baseUrl: server.baseUrl, listensSinceMs: Date.now() });
}
