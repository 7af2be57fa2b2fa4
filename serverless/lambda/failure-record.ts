// lambda/failure-record.ts: what becomes of an event that is given up, in the form of AWS's destinations.
// Made by async-invoke.ts for the callback that the owner of the function has set.

export type FailureCondition = 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

/** "Capturing records of Lambda asynchronous invocations": the invocation record, version 1.0. */
export interface FailureRecord {
  readonly version: '1.0';
  /** ISO 8601. */
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: FailureCondition;
    readonly approximateInvokeCount: number;
  };
  /** The event itself. A dead-letter queue gets only this, as its message. */
  readonly requestPayload: unknown;
  /** Of the last attempt; missing when the function never ran. */
  readonly responseContext?: {
    readonly statusCode: number;
    readonly executedVersion: string;
    readonly functionError: string;
  };
  readonly responsePayload?: unknown;
}

/** What is known of an event when it is given up. */
export interface GivenUp {
  readonly requestId: string;
  /** With the version. */
  readonly functionArn: string;
  readonly condition: FailureCondition;
  /** How many times the function ran with it. */
  readonly invokes: number;
  readonly payload: Buffer;
  readonly atMs: number;
  /** Of the last run, if there was one. */
  readonly lastResult: LastResult | undefined;
}

interface LastResult {
  readonly executedVersion: string;
  readonly functionError?: string | undefined;
  readonly payload: Buffer;
}

export function failureRecord(event: GivenUp): FailureRecord {
  const { lastResult } = event;
  const record = {
    version: '1.0',
    timestamp: new Date(event.atMs).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: event.functionArn,
      condition: event.condition,
      approximateInvokeCount: event.invokes,
    },
    requestPayload: JSON.parse(event.payload.toString('utf8')),
  } as const;
  if (lastResult === undefined) return record;
  return {
    ...record,
    responseContext: {
      statusCode: 200,
      executedVersion: lastResult.executedVersion,
      functionError: lastResult.functionError ?? 'Unhandled',
    },
    responsePayload: JSON.parse(lastResult.payload.toString('utf8')),
  };
}
