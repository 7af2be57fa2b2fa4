// chassis/listen.ts: puts a Fastify app on its port, and takes it off again without dropping anybody.
// Called by each server.ts; its twin for Express is monolith/chassis/listen.ts.
import { drain, idleCloser } from '@lab/shared/runtime/close-idle.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { FastifyInstance } from 'fastify';

/** @throws EADDRINUSE and the like; `close` resolves when the last request was answered */
export async function listen(
  app: FastifyInstance,
  { HOST, PORT, DRAIN_MS }: { HOST: string; PORT: number; DRAIN_MS: number },
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  const closeIdle = idleCloser(app.server);
  await app.listen({ host: HOST, port: PORT });
  log.info({ url: `http://${HOST}:${PORT}` }, 'listening');
  return {
    async close() {
      await drain(app.server, DRAIN_MS);
      closeIdle();
      await app.close();
      log.info('stopped');
    },
  };
}
