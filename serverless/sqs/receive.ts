// sqs/receive.ts: takes messages in flight, and aside what is too old or was received too often.
// Called by long-poll.ts.

import { mostInFlight } from './limits.ts';
import type { Message } from './message.ts';
import { type Queue, showDue } from './queue.ts';
import { redrivePolicyOf } from './redrive-policy.ts';
import { isExpired } from './retention.ts';
import { commit, queueByArn, type Sqs } from './sqs.ts';

export interface Taken {
  readonly messages: Message[];
  /** The dead-letter queue, when something went there. */
  readonly movedTo: Queue | undefined;
}

/**
 * @param most 1 to 10; never more are returned than may still be in flight
 * @param visibilityMs 0 leaves them visible
 */
export function takeMessages(
  sqs: Sqs,
  queue: Queue,
  { most, visibilityMs }: { readonly most: number; readonly visibilityMs: number },
): Taken {
  const atMs = sqs.now();
  showDue(queue, atMs);
  let movedTo: Queue | undefined;
  const accept = (message: Message): boolean => {
    if (isExpired(queue, message, atMs)) {
      commit(sqs, { op: 'delete', queue: queue.name, id: message.id });
      return false;
    }
    const target = deadLetterQueueFor(sqs, queue, message);
    if (target === undefined) return true;
    moveToDeadLetters(sqs, queue, message, target, atMs);
    movedTo = target;
    return false;
  };
  const room = Math.max(0, mostInFlight - queue.inFlight);
  const messages = queue.ready.take(Math.min(most, room), accept, (of) => pick(sqs, of));
  const ids = messages.map(({ id }) => id);
  const visibleAtMs = atMs + visibilityMs;
  if (ids.length > 0) commit(sqs, { op: 'receive', queue: queue.name, ids, atMs, visibleAtMs });
  return { messages, movedTo };
}

/** What the knob `reordering` does: a place that is not the first. */
function pick({ random, knobs }: Sqs, of: number): number {
  if (of < 2 || random() >= knobs.reordering) return 0;
  return 1 + Math.floor(random() * (of - 1));
}

/** As AWS has it: the receive that would be one too many moves the message instead. */
function deadLetterQueueFor(sqs: Sqs, queue: Queue, message: Message): Queue | undefined {
  const policy = redrivePolicyOf(queue);
  if (policy === undefined || message.receivesHere < policy.maxReceiveCount) return undefined;
  return queueByArn(sqs, policy.deadLetterTargetArn);
}

/**
 * "Setting-up dead-letter queue retention": the time of sending stays in a standard queue and starts
 * anew in a FIFO queue; there the message's id takes the place of the deduplication id.
 */
function moveToDeadLetters(
  sqs: Sqs,
  queue: Queue,
  message: Message,
  target: Queue,
  atMs: number,
): void {
  const moved: Message = {
    ...message,
    ...(queue.isFifo ? { sentAtMs: atMs, deduplicationId: message.id } : {}),
    sequence: target.sequence + 1,
    sourceArn: queue.arn,
    state: 'visible',
    visibleAtMs: atMs,
    receivesHere: 0,
  };
  commit(sqs, { op: 'move', queue: queue.name, id: message.id, to: target.name, message: moved });
}
