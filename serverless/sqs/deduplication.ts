// sqs/deduplication.ts: what a FIFO queue has been sent within five minutes.
// Asked by send.ts before a message goes in; "Exactly-once processing in Amazon SQS".
import { deduplicationMs } from './limits.ts';
import type { Queue } from './queue.ts';

/** The message that was first, whether it is still in the queue or not. */
export interface Seen {
  readonly id: string;
  readonly sequence: number;
  readonly atMs: number;
}

/** Per queue, or per group where `DeduplicationScope` says so. */
export function deduplicationKey(
  { attributes }: Pick<Queue, 'attributes'>,
  groupId: string,
  deduplicationId: string,
): string {
  const perGroup = attributes.DeduplicationScope === 'messageGroup';
  return perGroup ? `${groupId} ${deduplicationId}` : deduplicationId;
}

/** @returns the message that a new one with this key would repeat */
export function findSeen(queue: Queue, key: string, nowMs: number): Seen | undefined {
  forget(queue, nowMs);
  return queue.seen.get(key);
}

/** Looks at the oldest only: they stand in the order of their times. */
export function forget({ seen }: Queue, nowMs: number): void {
  for (const [key, { atMs }] of seen) {
    if (nowMs - atMs < deduplicationMs) return;
    seen.delete(key);
  }
}
