// live/door.ts: the console's port: what is behind it is loaded when somebody looks for the first time.
// Opened by `npm start`: until then the console costs neither the start time nor memory.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { lazily } from './lazily.ts';
import type { ConsoleOptions, Inside } from './live-server.ts';
import type { LiveShape } from './live-shape.ts';

export interface Door {
  readonly url: string;
  /** Loads what is inside, if nobody has done so yet. */
  inside(): Promise<Inside>;
  /** Ends what was started through it: load, experiments, deployments, pages. The shapes run on. */
  close(): Promise<void>;
}

export interface At {
  readonly port: number;
  readonly host?: string;
}

/**
 * @param options port 0 takes a free one; host 127.0.0.1 outside of a container
 * @throws Error EADDRINUSE for a port that is taken
 */
export async function openDoor(
  shapes: readonly LiveShape[],
  { port, host = '127.0.0.1', ...options }: ConsoleOptions & At,
): Promise<Door> {
  const load = lazily(async () => {
    const { createConsole } = await import('./live-server.ts');
    return createConsole(shapes, options);
  });
  let isLookedAt = false;
  const inside = () => {
    isLookedAt = true;
    return load();
  };
  const server = createServer((request, response) => {
    // Whether it listens: that is nobody's look.
    if (request.url === '/health') return void response.writeHead(204).end();
    inside().then(
      ({ app }) => app(request, response),
      (error: unknown) => {
        console.error('Console:', error);
        response.writeHead(500).end('The console cannot be loaded: see the terminal.\n');
      },
    );
  }).listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}`,
    inside,
    async close() {
      server.close();
      server.closeAllConnections();
      if (isLookedAt)
        await load().then(
          (opened) => opened.close(),
          () => {},
        );
    },
  };
}
