// event-source/deliver.ts: one batch from the invocation to the deletion of what succeeded.
// Called by event-source.ts. "Handling errors for an SQS event source in Lambda".
import type { ServiceInvokeResult } from '../lambda/service-invoke.ts';
import { failedIds } from './batch-response.ts';
import type { Counters } from './events.ts';
import { throttleWaitMs } from './limits.ts';
import { pause } from './pause.ts';
import { deleteAll, type QueueMessage } from './queue.ts';
import { type Batch, batchesOf } from './records.ts';
import type { Scaling } from './scaling.ts';
import type { MappingSettings } from './settings.ts';

export interface DeliverServices {
  readonly settings: MappingSettings;
  readonly scaling: Scaling;
  readonly counters: Counters;
  readonly closing: AbortSignal;
}

/**
 * In one invocation, or in several when the event would be above 6 MB. Of a FIFO queue the rest is
 * left alone after a failure: a later message of its group must not come first.
 */
export async function deliver(
  services: DeliverServices,
  messages: readonly QueueMessage[],
): Promise<void> {
  const { settings, counters } = services;
  const untilMs = settings.now() + settings.visibilityMs;
  let left = messages.length;
  for (const batch of batchesOf(messages, settings.queueArn)) {
    const kept = await deliverBatch(services, batch, untilMs);
    left -= batch.messages.length;
    counters.kept += kept;
    if (kept > 0 && settings.isFifo) break;
  }
  counters.kept += left;
}

/** @returns how many messages stay in the queue until their visibility timeout is over */
async function deliverBatch(
  services: DeliverServices,
  { messages, event }: Batch,
  untilMs: number,
): Promise<number> {
  const { settings, counters } = services;
  const result = await invokeUntil(services, event, messages.length, untilMs);
  if (result === undefined) return messages.length;
  const failed = failedOf(services, result, messages);
  const succeeded = messages.filter(({ MessageId }) => !failed.has(MessageId));
  const undeleted = await deleteAll(settings, succeeded);
  for (const error of undeleted) settings.emit({ kind: 'error', error });
  const deleted = succeeded.length - undeleted.length;
  counters.deleted += deleted;
  settings.emit({ kind: 'batch', deleted, kept: messages.length - deleted });
  return messages.length - deleted;
}

/**
 * Throttled batches are tried again with growing waits, by fewer and fewer pollers, until SQS shows
 * the messages to others anyway.
 * @returns undefined when that time has come, or the mapping closes
 */
async function invokeUntil(
  { settings, scaling, counters, closing }: DeliverServices,
  event: string,
  messages: number,
  untilMs: number,
): Promise<ServiceInvokeResult | undefined> {
  const { first, most } = throttleWaitMs;
  for (let waitMs: number = first; ; waitMs = Math.min(2 * waitMs, most)) {
    counters.invocations += 1;
    const result = await settings.invoke(settings.functionName, event);
    if (!result.throttled) return result;
    scaling.backOff();
    settings.emit({ kind: 'throttle', messages });
    if (closing.aborted || settings.now() + waitMs >= untilMs) break;
    await pause(waitMs, closing);
    if (closing.aborted) break;
  }
  settings.emit({ kind: 'drop', messages });
  return undefined;
}

function failedOf(
  { settings, scaling }: DeliverServices,
  { statusCode, payload, functionError }: ServiceInvokeResult,
  messages: readonly QueueMessage[],
): ReadonlySet<string> {
  const ids = new Set(messages.map(({ MessageId }) => MessageId));
  if (functionError !== undefined || statusCode >= 300) {
    // "When ReportBatchItemFailures is activated, Lambda doesn't scale down message polling."
    if (!settings.reportsItemFailures) scaling.backOff();
    settings.emit({ kind: 'failure', messages: messages.length, reason: payload });
    return ids;
  }
  return settings.reportsItemFailures ? failedIds(payload, ids) : new Set();
}
