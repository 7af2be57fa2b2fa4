// gateway/app.ts: the front door of the services: keys, rates, routing. No database, no business rule.
// Called by server.ts and handler.ts; tests build it too.
import { assemble } from '@lab/chassis/assemble.ts';
import { createSwitchboard } from '@lab/shared/chaos/switchboard.ts';
import { features } from '@lab/shared/contract/operation.ts';
import { publicOperations } from '@lab/shared/contract/operations.ts';
import { publicUrl } from '@lab/shared/runtime/config.ts';
import { createCors } from '@lab/shared/runtime/cors.ts';
import { createFrontDoor } from '@lab/shared/runtime/front-door.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { createMetrics } from '@lab/shared/runtime/metrics.ts';
import type { FastifyInstance } from 'fastify';
import type { FunctionConfig, GatewayConfig } from './config.ts';
import { createGatewayControls } from './controls.ts';
import { gatewayRoutes } from './routes.ts';
import type { Services } from './services.ts';
import { shopTopology } from './topology.ts';

export function createApp(
  config: GatewayConfig | FunctionConfig,
  services: Services,
  log: Logger,
): FastifyInstance {
  const { INSTRUCTOR_KEY: instructorKey, BODY_LIMIT_BYTES: bodyLimitBytes } = config;
  const { FAULTS_FOLDER: folder } = config;
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
      baseUrl: publicUrl(config),
      // As a function it knows no customer's key: API Gateway does.
      exampleKey: 'SHOP_NAME' in config ? 'YOUR-KEY' : undefined,
      operations: publicOperations,
      dependencies: Object.fromEntries(features.map((name) => [name, services[name].ping])),
      longestMs: config.ASK_TIMEOUT_MS,
      topology: () => shopTopology(config.SHAPE, services, config.ASK_TIMEOUT_MS + 500),
      metrics: createMetrics(),
      shop: new URL('./shop/', import.meta.url),
      assets: new URL('./swagger-ui/', import.meta.url),
    },
    controls: createGatewayControls(
      board,
      { on: config.LAB_CHAOS, instructorKey, longestMs: config.ASK_TIMEOUT_MS, folder },
      services,
    ),
    cors: createCors(config.CORS_ORIGINS),
    log,
    bodyLimitBytes,
    // every public operation of the contract, each to the service of its feature
    routes: (app) => gatewayRoutes(app, { door, services, board, bodyLimitBytes }),
  });
}
