// runtime/close-idle.ts: lets a server that was told to close go as soon as its last answer is out.
// Called by the listen.ts of both chassis.
import type { Server } from 'node:http';

const EVERY_MS = 20;

/**
 * Closes kept-alive connections as they fall idle, until `server` is closed. Node and Fastify only
 * close those that are idle at the moment of `close`: a connection with a request under way would
 * stay open after its answer, and keep the process, for as long as its client likes.
 */
export function closeAsTheyFallIdle(server: Server): void {
  const sweep = setInterval(() => server.closeIdleConnections(), EVERY_MS);
  server.once('close', () => clearInterval(sweep));
}
