// sqs/retention.ts: when a message is too old to be kept.
// Asked by receive.ts, by the counts of a queue and by snapshot.ts.
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

/** `MessageRetentionPeriod` counts from the sending, whatever happened since. */
export function isExpired(
  { attributes }: Pick<Queue, 'attributes'>,
  { sentAtMs }: Pick<Message, 'sentAtMs'>,
  nowMs: number,
): boolean {
  return nowMs - sentAtMs >= Number(attributes.MessageRetentionPeriod) * 1000;
}
