// sqs/long-poll.ts: receives that wait until there is a message, their time is up or the client goes.
// Called by the actions; "Amazon SQS short and long polling".
import type { Message } from './message.ts';
import type { Queue, Waiter } from './queue.ts';
import { takeMessages } from './receive.ts';
import type { Sqs } from './sqs.ts';

export interface ReceiveRequest {
  readonly most: number;
  readonly visibilityMs: number;
  /** 0 is a short poll. */
  readonly waitMs: number;
}

/** @param gone aborted when the client hangs up: it takes no message then */
export async function receive(
  sqs: Sqs,
  queue: Queue,
  request: ReceiveRequest,
  gone: AbortSignal,
): Promise<Message[]> {
  const messages = takeAndPassOn(sqs, queue, request);
  const hasAnswer = messages.length > 0 || request.waitMs === 0;
  return hasAnswer || sqs.isClosing || gone.aborted ? messages : wait(sqs, queue, request, gone);
}

/** To be called whenever a message may have become visible, or may do so earlier. */
export function wake(sqs: Sqs, queue: Queue): void {
  for (const waiter of queue.waiters) {
    try {
      const messages = takeAndPassOn(sqs, queue, waiter);
      if (messages.length === 0) break;
      waiter.answer(messages);
    } catch (error) {
      waiter.fail(error);
    }
  }
  setAlarm(sqs, queue);
}

/** Answers whoever waits with nothing: the queue or the server is about to go. */
export function endWaits(queue: Queue): void {
  for (const waiter of queue.waiters) waiter.answer([]);
  clearTimeout(queue.alarm);
}

function wait(
  sqs: Sqs,
  queue: Queue,
  { most, visibilityMs, waitMs }: ReceiveRequest,
  gone: AbortSignal,
): Promise<Message[]> {
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      most,
      visibilityMs,
      answer: (messages) => resolve(leave(messages)),
      fail: (error) => reject(leave(error)),
    };
    const giveUp = () => waiter.answer([]);
    const timer = setTimeout(giveUp, waitMs);
    gone.addEventListener('abort', giveUp, { once: true });
    queue.waiters.add(waiter);
    setAlarm(sqs, queue);

    function leave<Result>(result: Result): Result {
      clearTimeout(timer);
      gone.removeEventListener('abort', giveUp);
      queue.waiters.delete(waiter);
      return result;
    }
  });
}

function takeAndPassOn(
  sqs: Sqs,
  queue: Queue,
  request: Pick<ReceiveRequest, 'most' | 'visibilityMs'>,
): Message[] {
  const { messages, movedTo } = takeMessages(sqs, queue, request);
  if (movedTo !== undefined) {
    // Later: two queues may be each other's dead-letter queue.
    queueMicrotask(() => wake(sqs, movedTo));
  }
  if (messages.length > 0) setAlarm(sqs, queue);
  return messages;
}

/** Rings for those who wait only: whoever else looks at the queue makes visible what is due. */
function setAlarm(sqs: Sqs, queue: Queue): void {
  clearTimeout(queue.alarm);
  queue.alarm = undefined;
  const next = queue.hidden.peek();
  if (queue.waiters.size === 0 || next === undefined) return;
  queue.alarm = setTimeout(() => wake(sqs, queue), Math.max(1, next.dueMs - sqs.now()));
}
