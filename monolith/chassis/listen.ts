// chassis/listen.ts: puts the Express app on its port, and takes it off again without dropping anybody.
// Called by server.ts; its twin for Fastify is microservices/chassis/listen.ts.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { drain, idleCloser } from '@lab/shared/runtime/close-idle.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { refuseUnreadable } from '@lab/shared/runtime/unreadable.ts';
import type { Express } from 'express';

/** Fastify's default, so that both frameworks keep idle connections equally long. */
const KEEP_ALIVE_MS = 72_000;

/** @throws EADDRINUSE and the like; `close` resolves when the last request was answered */
export async function listen(
  app: Express,
  { HOST, PORT, DRAIN_MS }: { HOST: string; PORT: number; DRAIN_MS: number },
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app);
  server.on('clientError', refuseUnreadable);
  const closeIdle = idleCloser(server);
  server.listen(PORT, HOST);
  await once(server, 'listening');
  log.info({ url: `http://${HOST}:${PORT}` }, 'listening');
  return {
    async close() {
      await drain(server, DRAIN_MS);
      closeIdle();
      server.close();
      await once(server, 'close');
      log.info('stopped');
    },
  };
}
