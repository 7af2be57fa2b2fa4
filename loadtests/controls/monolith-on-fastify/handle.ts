// monolith-on-fastify/handle.ts: in place of monolith/chassis/handle.ts: the same routes, for Fastify.
// Called by every routes.ts of the monolith; what they say is mounted by assemble.ts.
import type { Operation } from '@lab/shared/contract/operation.ts';
import { handle as onFastify, type Work } from '../../../microservices/chassis/handle.ts';

/** The services' route for a use case, and who may call it. */
export function handle<const Op extends Operation>(operation: Op, work: Work<Op>) {
  return { ...onFastify(operation, work), access: operation.access };
}

type Handled = ReturnType<typeof handle>;

export interface Routes {
  readonly routes: readonly (Handled & { method: string; url: string })[];
  get(url: string, handled: Handled): Routes;
  post(url: string, handled: Handled): Routes;
  put(url: string, handled: Handled): Routes;
}

/** Looks like Express's router to a routes.ts, and only writes down. */
export function strictRouter(): Routes {
  const routes: Routes['routes'][number][] = [];
  const writes = (method: string) => (url: string, handled: Handled) => {
    routes.push({ ...handled, method, url });
    return router;
  };
  const router: Routes = {
    routes,
    get: writes('GET'),
    post: writes('POST'),
    put: writes('PUT'),
  };
  return router;
}
