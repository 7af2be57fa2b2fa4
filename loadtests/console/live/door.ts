// live/door.ts: the console's port: what is behind it is loaded when somebody looks for the first time.
// Opened by `npm start`: until then the console costs neither the start time nor memory.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RunningTarget } from '../../targets/platform.ts';
import type { ConsoleOptions, Inside } from './live-server.ts';

export interface Door {
  readonly url: string;
  /** Loads what is inside, if nobody has done so yet. */
  inside(): Promise<Inside>;
  /** Ends what was started through it: load, experiments, deployments, pages. The shapes run on. */
  close(): Promise<void>;
}

/**
 * @param port 0 takes a free one
 * @throws Error EADDRINUSE for a port that is taken
 */
export async function openDoor(
  shapes: readonly RunningTarget[],
  { port, ...options }: ConsoleOptions & { readonly port: number },
): Promise<Door> {
  let loaded: Promise<Inside> | undefined;
  const inside = () => {
    loaded ??= import('./live-server.ts')
      .then(({ createConsole }) => createConsole(shapes, options))
      .catch((error: unknown) => {
        // Tried again at the next look.
        loaded = undefined;
        throw error;
      });
    return loaded;
  };
  const server = createServer((request, response) => {
    inside().then(
      ({ app }) => app(request, response),
      (error: unknown) => {
        console.error('Console:', error);
        response.writeHead(500).end('The console cannot be loaded: see the terminal.\n');
      },
    );
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}`,
    inside,
    async close() {
      server.close();
      server.closeAllConnections();
      const opened = await loaded?.catch(() => undefined);
      await opened?.close();
    },
  };
}
