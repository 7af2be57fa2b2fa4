// lambda/async-invoke.ts: the internal queue of asynchronous invocations: attempts, waits, gives up.
// Called by invoke-api.ts for `InvocationType: Event`, and by whoever runs in the same process.
import { randomUUID } from 'node:crypto';
import { functionArn } from './arn.ts';
import type { Concurrency } from './concurrency.ts';
import { LambdaError, TooManyRequests } from './errors.ts';
import type { Emit } from './events.ts';
import { type FailureCondition, failureRecord } from './failure-record.ts';
import type { Functions, FunctionVersion } from './functions.ts';
import type { InvocationResult } from './invocation.ts';
import type { Invoke, InvokeOptions } from './invoke.ts';

/** How long an event waits before it is tried again, ms. */
export interface AsyncDelays {
  /** After the first and the second attempt in which the function failed. */
  readonly afterFunctionErrorMs: readonly [first: number, second: number];
  /** After the first throttle; doubled each time, up to the most. */
  readonly afterThrottleMs: number;
  readonly mostAfterThrottleMs: number;
}

/** "How Lambda handles errors and retries with asynchronous invocation": 1 and 2 min; 1 s to 5 min. */
export const awsDelays: AsyncDelays = {
  afterFunctionErrorMs: [60_000, 120_000],
  afterThrottleMs: 1000,
  mostAfterThrottleMs: 300_000,
};

export interface AsyncInvoke {
  /**
   * Takes an event; nobody waits for what becomes of it.
   * @returns the request id that all its attempts have
   * @throws ResourceNotFoundException (404)
   */
  accept(functionName: string, payload: Buffer, options?: InvokeOptions): string;
  /** How many events wait or are being handled. */
  size(): number;
  /** Drops the events that wait: the queue is in memory only. */
  close(): void;
}

export interface AsyncServices {
  readonly invoke: Invoke;
  readonly functions: Functions;
  readonly concurrency: Concurrency;
  readonly emit: Emit;
  readonly now: () => number;
  readonly delays: AsyncDelays;
}

interface QueuedEvent {
  readonly functionName: string;
  readonly payload: Buffer;
  readonly options: InvokeOptions & { readonly requestId: string };
  readonly acceptedAtMs: number;
  /** How often the function ran with it, and how often it was throttled. */
  invokes: number;
  throttles: number;
  lastResult: InvocationResult | undefined;
}

export function createAsyncInvoke(services: AsyncServices): AsyncInvoke {
  const { functions, now } = services;
  const timers = new Map<QueuedEvent, NodeJS.Timeout>();
  const events = new Set<QueuedEvent>();
  let isClosed = false;

  function tryIn(event: QueuedEvent, waitMs: number): void {
    if (!isClosed)
      timers.set(
        event,
        setTimeout(() => void attempt(event), waitMs),
      );
  }
  async function attempt(event: QueuedEvent): Promise<void> {
    timers.delete(event);
    const next = await outcomeOf(event, services);
    if (typeof next === 'number') tryIn(event, next);
    else events.delete(event);
  }

  return {
    accept(functionName, payload, options = {}) {
      functions.find(functionName, options.qualifier);
      const requestId = options.requestId ?? randomUUID();
      const event: QueuedEvent = {
        functionName,
        payload,
        options: { ...options, requestId },
        acceptedAtMs: now(),
        invokes: 0,
        throttles: 0,
        lastResult: undefined,
      };
      events.add(event);
      tryIn(event, 0);
      return requestId;
    },
    size: () => events.size,
    close() {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      events.clear();
    },
  };
}

/** @returns how long to wait for the next attempt, or undefined when the event is done with */
async function outcomeOf(event: QueuedEvent, services: AsyncServices): Promise<number | undefined> {
  const version = versionOf(event, services);
  // A function that is gone takes its events with it.
  if (version === undefined) return undefined;
  if (services.concurrency.reservedOf(version.functionName) === 0)
    return giveUp(event, version, 'ZeroReservedConcurrency', services);
  const ageMs = services.now() - event.acceptedAtMs;
  if (ageMs > version.settings.maximumEventAgeSeconds * 1000)
    return giveUp(event, version, 'EventAgeExceeded', services);
  try {
    const { functionName, payload, options } = event;
    event.lastResult = await services.invoke(functionName, payload, options);
    if (event.lastResult.functionError === undefined) return undefined;
  } catch (error) {
    if (error instanceof TooManyRequests) return afterThrottle(event, services.delays);
    if (error instanceof LambdaError) return undefined;
    // Nobody waits for this event: what nobody foresaw costs it an attempt, and not the service.
    console.error('Lambda:', error);
  }
  return afterFailure(event, version, services);
}

function afterFailure(event: QueuedEvent, version: FunctionVersion, services: AsyncServices) {
  event.invokes += 1;
  if (event.invokes > version.settings.maximumRetryAttempts)
    return giveUp(event, version, 'RetriesExhausted', services);
  return services.delays.afterFunctionErrorMs[event.invokes - 1];
}

function afterThrottle(event: QueuedEvent, delays: AsyncDelays): number {
  event.throttles += 1;
  return Math.min(delays.afterThrottleMs * 2 ** (event.throttles - 1), delays.mostAfterThrottleMs);
}

async function giveUp(
  event: QueuedEvent,
  version: FunctionVersion,
  condition: FailureCondition,
  { emit, now }: AsyncServices,
): Promise<undefined> {
  const { functionName } = version;
  const record = failureRecord({
    requestId: event.options.requestId,
    functionArn: functionArn(functionName, version.version),
    condition,
    invokes: event.invokes,
    payload: event.payload,
    atMs: now(),
    lastResult: event.lastResult,
  });
  emit({ kind: 'discard', functionName, record });
  try {
    await version.settings.onFailure?.(record);
  } catch (error) {
    emit({ kind: 'delivery-failure', functionName, error });
  }
}

function versionOf(event: QueuedEvent, { functions }: AsyncServices): FunctionVersion | undefined {
  try {
    return functions.find(event.functionName, event.options.qualifier);
  } catch {
    return undefined;
  }
}
