// event-source/settings.ts: what a mapping may be configured with, checked as AWS checks it.
// Called by event-source.ts before anything is polled.
import { invalidParameter } from '../lambda/errors.ts';
import type { ServiceInvoke } from '../lambda/service-invoke.ts';
import type { MappingEvent } from './events.ts';
import * as limits from './limits.ts';
import { attributesOf, type SqsCall } from './queue.ts';

export interface MappingConfig {
  readonly sqs: SqsCall;
  readonly invoke: ServiceInvoke;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  /** The function's timeout: the queue must hide messages for at least as long. Unchecked without. */
  readonly functionTimeoutSeconds?: number | undefined;
  /** 1 to 10, up to 10,000 with a window; default 10. */
  readonly batchSize?: number | undefined;
  /** How long a batch is filled up, 0 to 300,000; default 0. FIFO queues have none. */
  readonly windowMs?: number | undefined;
  /** 2 to 1000; default is no limit but that of the function. */
  readonly maximumConcurrency?: number | undefined;
  /** Whether the function says which messages failed; default false. */
  readonly reportBatchItemFailures?: boolean | undefined;
  readonly onEvent?: ((event: MappingEvent) => void) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** A checked configuration with nothing left open. */
export interface MappingSettings {
  readonly sqs: SqsCall;
  readonly invoke: ServiceInvoke;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly mostPollers: number;
  readonly reportsItemFailures: boolean;
  readonly isFifo: boolean;
  readonly visibilityMs: number;
  readonly emit: (event: MappingEvent) => void;
  readonly now: () => number;
}

/** @throws InvalidParameterValueException (400); SqsError when the queue is not there */
export async function readSettings(config: MappingConfig): Promise<MappingSettings> {
  const isFifo = config.queueArn.endsWith('.fifo');
  const { batchSize = limits.batchSize.initial, windowMs = 0, maximumConcurrency } = config;
  checkBatch(batchSize, windowMs, isFifo);
  const { least, most } = limits.maximumConcurrency;
  if (maximumConcurrency !== undefined) {
    const name = 'MaximumConcurrency';
    checkWhole(name, maximumConcurrency, least, most);
  }
  const { VisibilityTimeout } = await attributesOf(config.sqs, config.queueUrl);
  const visibilitySeconds = Number(VisibilityTimeout);
  const timeoutSeconds = config.functionTimeoutSeconds ?? 0;
  if (visibilitySeconds < timeoutSeconds)
    throw invalidParameter(
      `Queue visibility timeout: ${visibilitySeconds} seconds is less than ` +
        `Function timeout: ${timeoutSeconds} seconds`,
    );
  const { sqs, invoke, queueUrl, queueArn, functionName } = config;
  return {
    ...{ sqs, invoke, queueUrl, queueArn, functionName, batchSize, windowMs, isFifo },
    mostPollers: maximumConcurrency ?? limits.mostPollers,
    reportsItemFailures: config.reportBatchItemFailures ?? false,
    visibilityMs: visibilitySeconds * 1000,
    emit: config.onEvent ?? (() => {}),
    now: config.now ?? Date.now,
  };
}

function checkBatch(batchSize: number, windowMs: number, isFifo: boolean): void {
  const { least, most } = limits.batchSize;
  checkWhole('BatchSize', batchSize, least, isFifo ? limits.mostPerCall : most);
  if (!(windowMs >= 0 && windowMs <= limits.windowMs.most))
    throw invalidParameter(`The batching window is ${windowMs} ms; it may be 0 to 300,000.`);
  if (isFifo && windowMs > 0)
    throw invalidParameter('Batching window is not supported for FIFO queues.');
  if (batchSize > limits.mostPerCall && windowMs < limits.windowMs.leastAboveTen)
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalidParameter(
      `${name} is ${value}; it may be a whole number from ${least} to ${most}.`,
    );
}
