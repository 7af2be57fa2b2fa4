// sqs/move-task.ts: moves the messages of a dead-letter queue back, all at once or so many a second.
// Called by actions-move.ts; "StartMessageMoveTask". A restart ends a task: what it moved is moved.
import { randomUUID } from 'node:crypto';
import { wake } from './long-poll.ts';
import type { Message } from './message.ts';
import { type Queue, showDue } from './queue.ts';
import { isExpired } from './retention.ts';
import { commit, queueByArn, type Sqs } from './sqs.ts';

export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Without one each message goes back to where it came from. */
  readonly destinationArn: string | undefined;
  /** Without one they go all at once. */
  readonly perSecond: number | undefined;
  readonly startedAtMs: number;
  /** How many were visible when it began: those in flight then stay. */
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failureReason?: string;
  timer?: NodeJS.Timeout;
}

const queueIsGone = 'AWS.SimpleQueueService.NonExistentQueue';

/** Moves the first second's share before it returns. */
export function runMoveTask(sqs: Sqs, task: MoveTask): void {
  let left = task.perSecond ?? Number.POSITIVE_INFINITY;
  while (task.status === 'RUNNING' && left > 0) {
    moveOne(sqs, task);
    if (task.moved === task.toMove && task.status === 'RUNNING') task.status = 'COMPLETED';
    left -= 1;
  }
  if (task.status === 'RUNNING') task.timer = setTimeout(() => runMoveTask(sqs, task), 1000);
}

export function cancelMoveTask(task: MoveTask): void {
  clearTimeout(task.timer);
  if (task.status === 'RUNNING') task.status = 'CANCELLED';
}

function moveOne(sqs: Sqs, task: MoveTask): void {
  const source = queueByArn(sqs, task.sourceArn);
  const message = source && takeOldest(sqs, source);
  const arn = task.destinationArn ?? message?.sourceArn;
  const destination = arn === undefined ? undefined : queueByArn(sqs, arn);
  if (source === undefined) fail(task, queueIsGone);
  else if (message === undefined) task.status = 'COMPLETED';
  else if (destination === undefined) {
    source.ready.add(message);
    fail(task, arn === undefined ? 'CouldNotDetermineMessageSource' : queueIsGone);
  } else {
    move(sqs, source, message, destination);
    task.moved += 1;
  }
}

function takeOldest(sqs: Sqs, source: Queue): Message | undefined {
  const nowMs = sqs.now();
  showDue(source, nowMs);
  const accept = (message: Message) => !isExpired(source, message, nowMs);
  return source.ready.take(1, accept, () => 0)[0];
}

/** "Dead-letter queue redrive": it counts as a new message, with a new id and a new time. */
function move(sqs: Sqs, source: Queue, message: Message, destination: Queue): void {
  const { body, attributes, traceHeader, groupId, deduplicationId } = message;
  const atMs = sqs.now();
  const moved: Message = {
    ...{ body, attributes, traceHeader, groupId, deduplicationId },
    id: randomUUID(),
    sequence: destination.sequence + 1,
    sentAtMs: atMs,
    state: 'visible',
    visibleAtMs: atMs,
    receiveCount: 0,
    receivesHere: 0,
  };
  const { name } = source;
  commit(sqs, { op: 'move', queue: name, id: message.id, to: destination.name, message: moved });
  wake(sqs, destination);
}

function fail(task: MoveTask, reason: string): void {
  task.status = 'FAILED';
  task.failureReason = reason;
}
