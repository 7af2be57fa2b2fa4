// runtime/close-idle.ts: lets a server that was told to close go as soon as its last answer is out.
// Called by the listen.ts of both chassis.
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 20;

/**
 * Watches who is connected; call it before `server` listens. Node and Fastify only close the
 * connections that are idle at the moment of `close`: one with a request under way would stay open
 * after its answer, and one that never asked anything, as browsers open them to be quick, would
 * stay as well; either keeps the process for as long as its client likes.
 * @returns to be called when the server closes: ends connections as they fall idle
 */
export function idleCloser(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, EVERY_MS);
    server.once('close', () => clearInterval(sweep));
  };
}

/** However many still hang on: a server that was told to stop is gone after this. */
const DRAIN_MAX_MS = 2000;

/**
 * Serves on for at least `drainMs`, and says `connection: close` with every answer: callers finish
 * what they have on a connection, then use another replica. A caller that stood still meanwhile has
 * not been told; so where somebody is connected it goes on until the last answer is `drainMs` old,
 * 2 s at most. 0 returns at once.
 *
 * Quiet is counted in looks, not read from a clock: a process that itself stood still has requests
 * waiting that it has not seen yet, and must look again before it may say that nobody asked.
 */
export async function drain(server: Server, drainMs: number): Promise<void> {
  if (drainMs === 0) return;
  const beganMs = performance.now();
  let wasTold = false;
  let quietMs = 0;
  server.prependListener('request', (_request: unknown, response: ServerResponse) => {
    response.shouldKeepAlive = false;
    wasTold = true;
    quietMs = 0;
  });
  for (let servedMs = 0; ; servedMs += EVERY_MS) {
    await sleep(EVERY_MS);
    quietMs += EVERY_MS;
    const isQuiet = wasTold ? quietMs > drainMs : !(await isConnected(server));
    const isLate = performance.now() - beganMs > DRAIN_MAX_MS;
    if (servedMs >= drainMs && (isQuiet || isLate)) return;
  }
}

function isConnected(server: Server): Promise<boolean> {
  return new Promise((resolve) => server.getConnections((_error, count) => resolve(count > 0)));
}
