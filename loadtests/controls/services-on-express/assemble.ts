// services-on-express/assemble.ts: in place of microservices/chassis/assemble.ts: the monolith's chassis.
// Called by the services' service.ts when they are bundled as a control arm.
import type { Express, Router } from 'express';
import {
  type Parts as MonolithParts,
  assemble as onExpress,
} from '../../../monolith/chassis/assemble.ts';
import { strictRouter } from '../../../monolith/chassis/handle.ts';

export interface Parts extends Omit<MonolithParts, 'door' | 'routers'> {
  /** Adds the feature's routes: a routes.ts calls nothing but `get` and `post`. */
  routes: (app: Router) => void;
}

/** Keys and rates are the gateway's. */
const door = { admit: () => {} };

/** The monolith's app around the routes of one service. */
export function assemble({ routes, ...parts }: Parts): Express {
  const router = strictRouter();
  routes(router);
  return onExpress({ ...parts, door, routers: [router] });
}
