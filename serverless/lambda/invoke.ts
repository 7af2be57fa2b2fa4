// lambda/invoke.ts: the synchronous invocation: finds the version, takes a place, runs.
// Called by invoke-api.ts, by async-invoke.ts, and by whoever runs in the same process.
import { randomBytes, randomUUID } from 'node:crypto';
import { functionArn } from './arn.ts';
import type { Concurrency } from './concurrency.ts';
import { TooManyRequests } from './errors.ts';
import type { Fleet } from './fleet.ts';
import type { Functions } from './functions.ts';
import { type InvocationResult, type InvocationServices, runInvocation } from './invocation.ts';

export interface InvokeOptions {
  /** `$LATEST` (default) or a version. */
  readonly qualifier?: string | undefined;
  /** One is made up when missing. */
  readonly traceId?: string | undefined;
  /** JSON. */
  readonly clientContext?: string | undefined;
  /** A UUID; one is made up when missing. A retry keeps the one of the first attempt. */
  readonly requestId?: string | undefined;
}

/**
 * @param functionName in any form that "Invoke" allows
 * @param payload JSON
 * @throws ResourceNotFoundException (404), TooManyRequestsException (429); what goes wrong in the
 * function itself is no exception but a result with `functionError`
 */
export type Invoke = (
  functionName: string,
  payload: Buffer | string,
  options?: InvokeOptions,
) => Promise<InvocationResult>;

export interface InvokeServices extends InvocationServices {
  readonly functions: Functions;
  readonly concurrency: Concurrency;
  readonly fleet: Fleet;
}

export function createInvoke(services: InvokeServices): Invoke {
  const { functions, concurrency, fleet, emit, now } = services;

  function placeFor(functionName: string): () => void {
    try {
      return concurrency.take(functionName);
    } catch (error) {
      if (error instanceof TooManyRequests)
        emit({ kind: 'throttle', functionName, reason: error.reason });
      throw error;
    }
  }

  return async function invoke(name, payload, options = {}) {
    const version = functions.find(name, options.qualifier);
    const giveBack = placeFor(version.functionName);
    try {
      return await runInvocation(
        fleet.poolOf(version),
        version,
        {
          requestId: options.requestId ?? randomUUID(),
          payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
          functionArn: functionArn(version.functionName, options.qualifier),
          traceId: options.traceId ?? newTraceId(now()),
          clientContext: options.clientContext,
        },
        services,
      );
    } finally {
      giveBack();
    }
  };
}

/** X-Ray's form: the version, the second, 96 random bits. Nothing is sampled: there is no X-Ray. */
function newTraceId(atMs: number): string {
  const second = Math.floor(atMs / 1000).toString(16);
  return `Root=1-${second}-${randomBytes(12).toString('hex')};Sampled=0`;
}
