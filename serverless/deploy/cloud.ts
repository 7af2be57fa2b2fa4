// deploy/cloud.ts: what a deployment wants of the services that it deploys to.
// Types only: given to deploy.ts by whoever starts the local cloud, and faked by its tests.
import type { FunctionConfig } from '../lambda/function-config.ts';

export interface LocalCloud {
  readonly sqs: { readonly url: string; call(action: string, input: object): Promise<object> };
  readonly lambda: {
    readonly url: string;
    createFunction(config: FunctionConfig): unknown;
    deleteFunction(name: string): void;
    /** Does not wait for the function. */
    invokeAsync(name: string, payload: string): unknown;
  };
  readonly apiGateway: ApiGateway;
  /** Begins to read; it knows the queues' and the functions' services. */
  readonly eventSource: (mapping: EventSourceMapping) => Closer | Promise<Closer>;
  /** Calls `run` every so often, for the first time after `everyMs`; a lab may be quicker than AWS. */
  readonly schedule: (everyMs: number, run: () => void) => Closer;
  /** Where the zip that AWS would take from S3 lies unpacked. */
  readonly codeFolder: (code: { readonly bucket: string; readonly key: string }) => string;
  /** Processes that a function may have at once, where the template says nothing; none: no limit. */
  readonly functionConcurrency?: number | undefined;
  /** For every function; wins over the template. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export interface Closer {
  close(): unknown;
}

export interface EventSourceMapping {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  /** The queue must hide a message for as long; undefined for a function of another template. */
  readonly functionTimeoutSeconds: number | undefined;
  readonly batchSize: number;
  /** How long a batch may wait to be full. */
  readonly windowMs: number;
  /** Undefined: as many as the function can take. */
  readonly maximumConcurrency: number | undefined;
  readonly reportBatchItemFailures: boolean;
}

export interface ApiGateway {
  /** @param body an OpenAPI 3.0 document with AWS's extensions */
  createRestApi(api: { readonly name: string; readonly body: OpenApiBody }): {
    readonly id: string;
  };
  createDeployment(
    restApiId: string,
    stageName: string,
    settings: StageSettings,
  ): { readonly invokeUrl: string };
  createApiKey(key: {
    readonly name: string;
    readonly value?: string | undefined;
    readonly enabled?: boolean | undefined;
  }): { readonly id: string };
  createUsagePlan(plan: UsagePlan): { readonly id: string };
}

export interface OpenApiBody {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [other: string]: unknown;
}

export interface Throttle {
  /** Requests a second. */
  readonly rateLimit: number;
  /** Requests at once. */
  readonly burstLimit: number;
}

export interface StageSettings {
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Of every method that has none of its own. */
  readonly throttle?: Throttle | undefined;
  readonly methodThrottles?: readonly {
    readonly resourcePath: string;
    readonly httpMethod: string;
    readonly throttle: Throttle;
  }[];
}

export interface UsagePlan {
  readonly name: string;
  readonly throttle?: Throttle | undefined;
  readonly quota?:
    | { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' }
    | undefined;
  readonly apiStages: readonly { readonly apiId: string; readonly stage: string }[];
  readonly keyIds: readonly string[];
}
