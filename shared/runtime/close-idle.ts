// runtime/close-idle.ts: lets a server that was told to close go as soon as its last answer is out.
// Called by the listen.ts of both chassis.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

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
