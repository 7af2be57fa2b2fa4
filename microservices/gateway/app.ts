// gateway/app.ts: the front door of the services: keys, rates, routing. No database, no business rule.
// Called by server.ts; tests build it too.
import { assemble } from '@lab/chassis/assemble.ts';
import { createSwitchboard } from '@lab/shared/chaos/switchboard.ts';
import { features } from '@lab/shared/contract/operation.ts';
import { publicOperations } from '@lab/shared/contract/operations.ts';
import { createFrontDoor } from '@lab/shared/runtime/front-door.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { createMetrics } from '@lab/shared/runtime/metrics.ts';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from './config.ts';
import { createGatewayControls } from './controls.ts';
import { gatewayRoutes } from './routes.ts';
import type { Services } from './services.ts';
import { shopTopology } from './topology.ts';

export function createApp(config: GatewayConfig, services: Services, log: Logger): FastifyInstance {
  const { INSTRUCTOR_KEY: instructorKey, BODY_LIMIT_BYTES: bodyLimitBytes } = config;
  const board = createSwitchboard({ components: ['gateway'] });
  const door = createFrontDoor({
    customerKeys: config.CUSTOMER_KEYS,
    instructorKey,
    rateLimitRps: config.RATE_LIMIT_RPS,
  });
  return assemble({
    about: {
      component: 'gateway',
      title: 'the front door of the services: keys, rates, routing.',
      baseUrl: `http://${config.HOST}:${config.PORT}`,
      operations: publicOperations,
      dependencies: Object.fromEntries(features.map((name) => [name, services[name].ping])),
      topology: () => shopTopology(services),
      metrics: createMetrics(),
      assets: new URL('./swagger-ui/', import.meta.url),
    },
    controls: createGatewayControls(board, { on: config.LAB_CHAOS, instructorKey }, services),
    log,
    bodyLimitBytes,
    // every public operation of the contract, each to the service of its feature
    routes: (app) => gatewayRoutes(app, { door, services, board, bodyLimitBytes }),
  });
}
