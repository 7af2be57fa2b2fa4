// chassis/service.ts: one service: its routes behind its fault switch, its operating pages, its topology.
// Called by the app.ts of each service; the gateway assembles itself.
import { createControls } from '@lab/shared/chaos/controls.ts';
import { sharedSwitchboard } from '@lab/shared/chaos/shared-switchboard.ts';
import { createSwitchboard } from '@lab/shared/chaos/switchboard.ts';
import type { Feature } from '@lab/shared/contract/operation.ts';
import { operations } from '@lab/shared/contract/operations.ts';
import { publicUrl } from '@lab/shared/runtime/config.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { createMetrics } from '@lab/shared/runtime/metrics.ts';
import type { About } from '@lab/shared/runtime/operating.ts';
import { topologyOfProcess } from '@lab/shared/runtime/topology.ts';
import type { FastifyInstance } from 'fastify';
import { assemble } from './assemble.ts';

export interface ServiceParts<Controller extends object> {
  component: Feature;
  /** One sentence for people. */
  title: string;
  config: {
    PUBLIC_URL: string;
    HOST: string;
    PORT: number;
    LAB_CHAOS: boolean;
    INSTRUCTOR_KEY: string;
    BODY_LIMIT_BYTES: number;
    FAULTS_FOLDER: string;
  };
  log: Logger;
  controller: Controller;
  /** For its fault switch. */
  db: Pick<Database, 'faults'>;
  dependencies: About['dependencies'];
  /** Adds the routes; `guarded` is the controller behind its fault switch. */
  routes: (app: FastifyInstance, guarded: Controller) => void;
  /** The process's entry folder: Swagger UI's files lie beside it in a zip. */
  entry: string;
}

export function createService<Controller extends object>(
  parts: ServiceParts<Controller>,
): FastifyInstance {
  const { component, title, config, log, dependencies } = parts;
  const switches = { components: [component], database: parts.db.faults };
  const folder = config.FAULTS_FOLDER;
  const board = folder === '' ? createSwitchboard(switches) : sharedSwitchboard(switches, folder);
  const rules = { on: config.LAB_CHAOS, instructorKey: config.INSTRUCTOR_KEY };
  const app = assemble({
    about: {
      component,
      title,
      baseUrl: publicUrl(config),
      operations: operations.filter((row) => row.feature === component),
      dependencies,
      topology: topologyOfProcess('microservices', component, [], dependencies),
      metrics: createMetrics(),
      assets: new URL('./swagger-ui/', parts.entry),
    },
    controls: createControls(board, rules),
    log,
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
    routes: (routed) => parts.routes(routed, board.around(component, parts.controller)),
  });
  // A function stands still once it has answered, and would keep what a fault holds.
  if (folder !== '') app.addHook('onSend', () => board.settled());
  return app;
}
