// sqs/apply.ts: carries out a change.
// Called by commit when it happens, and by journal.ts when it is read again: one code for both.
import type { Entry, EntryOf } from './entry.ts';
import type { Message } from './message.ts';
import { createQueue, hide, place, type Queue, remove } from './queue.ts';

/** A change to a queue or a message that is not there changes nothing. */
export function apply(queues: Map<string, Queue>, entry: Entry): void {
  if (entry.op === 'create') {
    queues.set(entry.queue, createQueue({ ...entry, name: entry.queue }));
    return;
  }
  const queue = queues.get(entry.queue);
  if (queue === undefined) return;
  if (entry.op === 'drop') queues.delete(entry.queue);
  else if (entry.op === 'move') move(queues, queue, entry);
  else applyTo(queue, entry);
}

type Within = Exclude<Entry, { op: 'create' | 'drop' | 'move' }>;

function applyTo(queue: Queue, entry: Within): void {
  const { op } = entry;
  if (op === 'configure') configure(queue, entry);
  else if (op === 'tag') queue.tags = entry.tags;
  else if (op === 'purge') purge(queue, entry);
  else if (op === 'send') send(queue, entry);
  else if (op === 'seen') queue.seen.set(entry.key, entry.seen);
  else if (op === 'receive') receive(queue, entry);
  else withMessage(queue, entry.id, (message) => settle(queue, message, entry));
}

function move(queues: Map<string, Queue>, queue: Queue, entry: EntryOf<'move'>): void {
  withMessage(queue, entry.id, (message) => remove(queue, message));
  const target = queues.get(entry.to);
  if (target !== undefined) place(target, entry.message);
}

/** "Amazon SQS delay queues": in a FIFO queue a new delay counts for the messages in it as well. */
function configure(queue: Queue, { attributes, atMs }: EntryOf<'configure'>): void {
  const isOtherDelay = attributes.DelaySeconds !== queue.attributes.DelaySeconds;
  queue.attributes = attributes;
  queue.modifiedAtMs = atMs;
  if (!queue.isFifo || !isOtherDelay) return;
  const delayMs = Number(attributes.DelaySeconds) * 1000;
  for (const message of queue.messages.values())
    if (message.state === 'delayed') hide(queue, message, 'delayed', message.sentAtMs + delayMs);
}

function purge(queue: Queue, { atMs }: EntryOf<'purge'>): void {
  queue.purgedAtMs = atMs;
  for (const message of [...queue.messages.values()]) remove(queue, message);
}

function send(queue: Queue, { message, seenAs }: EntryOf<'send'>): void {
  place(queue, message);
  const { id, sequence, sentAtMs } = message;
  if (seenAs !== undefined) queue.seen.set(seenAs, { id, sequence, atMs: sentAtMs });
}

function receive(queue: Queue, { ids, atMs, visibleAtMs }: EntryOf<'receive'>): void {
  for (const id of ids)
    withMessage(queue, id, (message) => {
      hide(queue, message, 'in flight', visibleAtMs);
      message.receiveCount += 1;
      message.receivesHere += 1;
      message.firstReceivedAtMs ??= atMs;
      message.receivedAtMs = atMs;
    });
}

function settle(queue: Queue, message: Message, entry: EntryOf<'hide' | 'delete'>): void {
  if (entry.op === 'delete') remove(queue, message);
  else hide(queue, message, 'in flight', entry.visibleAtMs);
}

function withMessage(queue: Queue, id: string, change: (message: Message) => void): void {
  const message = queue.messages.get(id);
  if (message !== undefined) change(message);
}
