// gateway/function-services.ts: the services as functions: one address each, asked through Invoke.
// Made by handler.ts; what services.ts makes for server.ts.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { createHttpClient } from '@lab/shared/runtime/http-client.ts';
import { createLambdaDispatcher } from '@lab/shared/runtime/lambda-dispatcher.ts';
import type { FunctionConfig } from './config.ts';
import type { Service, Services } from './services.ts';

export function createFunctionServices(config: FunctionConfig): Services {
  const serviceOf = (name: Feature): Service => {
    const functionName = `${config.SHOP_NAME}-${name}`;
    const { dispatcher: pool } = createLambdaDispatcher(functionName, config);
    const baseUrls = [`lambda:${functionName}`];
    const { ping } = createHttpClient({
      name,
      baseUrls,
      timeoutMs: config.ASK_TIMEOUT_MS,
      aws: config,
    });
    return { name, pool, replicas: [{ name, pool }], ping };
  };
  return Object.fromEntries(features.map((name) => [name, serviceOf(name)])) as unknown as Services;
}
