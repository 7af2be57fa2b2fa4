// sqs/queue.ts: one queue: its messages and what moves them between delayed, visible and in flight.
// Changed by apply.ts and by time only; read by the actions.
import type { Seen } from './deduplication.ts';
import { createFifoGroups } from './fifo-groups.ts';
import { createHeap, type Heap } from './heap.ts';
import type { Message, MessageState } from './message.ts';
import type { ReadyMessages } from './ready-messages.ts';
import { createStandardOrder } from './standard-order.ts';

/** A ReceiveMessage under way; settled once, by whichever of the two comes first. */
export interface Waiter {
  answer(messages: Message[]): void;
  fail(error: unknown): void;
  readonly most: number;
  readonly visibilityMs: number;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  purgedAtMs?: number | undefined;
  /** Those that can be set, defaults included, as text. */
  attributes: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  /** Of the latest message. */
  sequence: number;
  /** By id, whatever their state. */
  readonly messages: Map<string, Message>;
  readonly ready: ReadyMessages;
  readonly hidden: Heap<Hidden>;
  /** Of a FIFO queue, by deduplication key, the oldest first. */
  readonly seen: Map<string, Seen>;
  inFlight: number;
  /** The longest waiting first. */
  readonly waiters: Set<Waiter>;
  /** Rings when the next hidden message becomes visible; set only while somebody waits. */
  alarm?: NodeJS.Timeout | undefined;
}

/** A message and when it becomes visible, unless that was changed since. */
interface Hidden {
  readonly dueMs: number;
  readonly message: Message;
}

export type QueueFacts = Pick<Queue, 'name' | 'createdAtMs' | 'modifiedAtMs' | 'attributes'> &
  Partial<Pick<Queue, 'tags' | 'sequence' | 'purgedAtMs'>>;

export const region = 'us-east-1';
export const account = '000000000000';

export function arnOf(name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** @returns a queue without messages */
export function createQueue(facts: QueueFacts): Queue {
  const isFifo = facts.name.endsWith('.fifo');
  return {
    tags: {},
    sequence: 0,
    ...facts,
    arn: arnOf(facts.name),
    isFifo,
    messages: new Map(),
    ready: isFifo ? createFifoGroups() : createStandardOrder(),
    hidden: createHeap(isDueBefore),
    seen: new Map(),
    inFlight: 0,
    waiters: new Set(),
  };
}

/** At the same moment the one sent first is first. */
function isDueBefore(one: Hidden, other: Hidden): boolean {
  if (one.dueMs !== other.dueMs) return one.dueMs < other.dueMs;
  return one.message.sequence < other.message.sequence;
}

/** Puts a message in, in the state it has. */
export function place(queue: Queue, message: Message): void {
  const { state, visibleAtMs } = message;
  queue.messages.set(message.id, message);
  queue.sequence = Math.max(queue.sequence, message.sequence);
  message.state = 'visible';
  if (state === 'delayed' || state === 'in flight') hide(queue, message, state, visibleAtMs);
  else queue.ready.add(message);
}

export function hide(
  queue: Queue,
  message: Message,
  state: 'delayed' | 'in flight',
  untilMs: number,
): void {
  enter(queue, message, state);
  message.visibleAtMs = untilMs;
  queue.hidden.push({ dueMs: untilMs, message });
  if (state === 'in flight') queue.ready.hold(message);
}

export function remove(queue: Queue, message: Message): void {
  enter(queue, message, 'gone');
  queue.messages.delete(message.id);
  queue.ready.release(message);
}

/** Makes visible what is due. Whoever looks at states calls it first: time itself changes nothing. */
export function showDue(queue: Queue, nowMs: number): void {
  for (;;) {
    const next = queue.hidden.peek();
    if (next === undefined || next.dueMs > nowMs) return;
    queue.hidden.pop();
    const { message, dueMs } = next;
    const isHidden = message.state === 'delayed' || message.state === 'in flight';
    if (isHidden && message.visibleAtMs === dueMs) {
      enter(queue, message, 'visible');
      queue.ready.add(message);
    }
  }
}

function enter(queue: Queue, message: Message, state: MessageState): void {
  if (message.state === 'in flight') queue.inFlight -= 1;
  if (state === 'in flight') queue.inFlight += 1;
  message.state = state;
}
