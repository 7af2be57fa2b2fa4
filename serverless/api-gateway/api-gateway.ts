// api-gateway/api-gateway.ts: REST APIs (v1) on a port of this machine, with functions behind them.
// Started by whoever deploys APIs, and by the tests.
import type { ServiceInvoke } from '../lambda/service-invoke.ts';
import { answerCall } from './answer-call.ts';
import { createApis, type StageSettings } from './apis.ts';
import type { Random } from './ids.ts';
import { accountThrottle, integrationTimeoutMs } from './limits.ts';
import type { OpenApiDocument } from './openapi.ts';
import { startServer } from './server.ts';
import { createThrottles } from './throttles.ts';
import type { Throttle } from './token-bucket.ts';
import { createUsage, type Usage } from './usage.ts';

export interface ApiGatewayOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: '127.0.0.1';
  readonly invoke: ServiceInvoke;
  /** Of integrations that name none; default AWS's 29 s. */
  readonly integrationTimeoutMs?: number | undefined;
  /** Over all APIs; default AWS's 10,000 a second and 5,000 at once. */
  readonly accountThrottle?: Throttle | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** In [0, 1); makes identifiers. */
  readonly random?: Random | undefined;
  /** Of the first API, which gets one made up unless it is given: ten lower-case letters and digits. */
  readonly firstApiId?: string | undefined;
  /**
   * Ours, not AWS's: what `GET /ready`, beside all APIs, answers: 200, or 503 until it is true.
   * Undefined: there is no such path.
   */
  readonly isReady?: (() => boolean) | undefined;
}

export interface ApiGateway extends Pick<Usage, 'createApiKey' | 'createUsagePlan'> {
  readonly url: string;
  /** Nobody can call it before it is deployed. @throws BadRequestException */
  createRestApi(config: { readonly name: string; readonly body: OpenApiDocument }): {
    readonly id: string;
  };
  /** Replaces an API; clients see it after the next deployment. @throws BadRequestException */
  putRestApi(restApiId: string, body: OpenApiDocument): void;
  /**
   * Puts the API as it is now on a stage, which is made when it is new.
   * @param settings of the stage; left out, it keeps those that it has
   */
  createDeployment(restApiId: string, stageName: string, settings?: StageSettings): Deployment;
  /** Ends open connections. */
  close(): Promise<void>;
}

export interface Deployment {
  readonly id: string;
  /** In the path style; AWS has a host name for each API. */
  readonly invokeUrl: string;
}

export async function startApiGateway(options: ApiGatewayOptions): Promise<ApiGateway> {
  const { host, port, invoke, now = Date.now, random = Math.random, isReady } = options;
  const apis = createApis(random, options.firstApiId);
  // Not Date.now: a clock that is set would take tokens away, or give some for no time that passed.
  const throttles = createThrottles(options.now ?? (() => performance.now()));
  const usage = createUsage({ now, random, throttles });
  const services = {
    ...{ apis, invoke, usage, throttles },
    accountThrottle: options.accountThrottle ?? accountThrottle,
    integrationTimeoutMs: options.integrationTimeoutMs ?? integrationTimeoutMs.most,
  };
  const server = await startServer({ host, port, now, random, isReady }, (call) =>
    answerCall(services, call),
  );
  return {
    url: server.url,
    createRestApi: ({ body }) => apis.create(body),
    putRestApi: apis.put,
    createDeployment(restApiId, stageName, settings) {
      const { deploymentId } = apis.deploy(restApiId, stageName, settings);
      return {
        id: deploymentId,
        invokeUrl: `${server.url}/restapis/${restApiId}/${stageName}/_user_request_`,
      };
    },
    createApiKey: usage.createApiKey,
    createUsagePlan: usage.createUsagePlan,
    close: server.close,
  };
}
