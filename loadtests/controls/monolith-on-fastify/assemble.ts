// monolith-on-fastify/assemble.ts: in place of monolith/chassis/assemble.ts: the services' chassis.
// Called by the monolith's app.ts when it is bundled as a control arm.
import type { FastifyInstance } from 'fastify';
import { assemble as onFastify } from '../../../microservices/chassis/assemble.ts';
import type { Parts as MonolithParts } from '../../../monolith/chassis/assemble.ts';
import type { Routes } from './handle.ts';

export interface Parts extends Omit<MonolithParts, 'routers'> {
  routers: readonly Routes[];
}

/** The services' app with the monolith's front door, which admits before the body is read. */
export function assemble({ door, routers, ...parts }: Parts): FastifyInstance {
  const routes = routers.flatMap((router) => router.routes);
  return onFastify({
    ...parts,
    routes(app) {
      for (const { access, ...route } of routes)
        app.route({
          ...route,
          onRequest: async ({ headers, ip }) =>
            door.admit(access, headers['x-api-key'] as string | undefined, ip),
        });
    },
  });
}
