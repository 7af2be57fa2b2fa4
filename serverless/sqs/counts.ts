// sqs/counts.ts: how many messages of a queue are in which state.
// Called for GetQueueAttributes, for move tasks and for the screens of the lab.
import { type Queue, showDue } from './queue.ts';
import { isExpired } from './retention.ts';
import type { Sqs } from './sqs.ts';

export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** Looks at every message: what is too old but was not asked for since is not counted. */
export function countMessages(sqs: Pick<Sqs, 'now'>, queue: Queue): Counts {
  const nowMs = sqs.now();
  showDue(queue, nowMs);
  const counts = { visible: 0, 'in flight': 0, delayed: 0, gone: 0 };
  for (const message of queue.messages.values())
    if (!isExpired(queue, message, nowMs)) counts[message.state] += 1;
  return { visible: counts.visible, inFlight: counts['in flight'], delayed: counts.delayed };
}
