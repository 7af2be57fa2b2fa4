// sqs/fifo-groups.ts: the order of a FIFO queue: as sent within a group, and one receive a group.
// Made by queue.ts; "FIFO delivery logic in Amazon SQS".
import { createHeap, type Heap } from './heap.ts';
import type { Message } from './message.ts';
import type { ReadyMessages } from './ready-messages.ts';

interface Group {
  readonly id: string;
  readonly waiting: Heap<Message>;
  /** Ids of those in flight: while there are any, no other receive gets one of this group. */
  readonly held: Set<string>;
}

export function createFifoGroups(): ReadyMessages {
  const groups = new Map<string, Group>();
  /** Those with messages and none in flight; whoever had its turn comes last. */
  const free = new Set<Group>();

  function add(message: Message): void {
    const group = groupOf(message);
    group.held.delete(message.id);
    group.waiting.push(message);
    settle(group);
  }

  function hold(message: Message): void {
    const group = groupOf(message);
    group.held.add(message.id);
    settle(group);
  }

  function release(message: Message): void {
    const group = groupOf(message);
    group.held.delete(message.id);
    settle(group);
  }

  function take(most: number, accept: (message: Message) => boolean): Message[] {
    const taken: Message[] = [];
    for (const group of free) {
      if (taken.length >= most) break;
      taken.push(...takeOf(group, most - taken.length, accept));
      settle(group);
    }
    return taken;
  }

  function groupOf({ groupId = '' }: Message): Group {
    const known = groups.get(groupId);
    if (known !== undefined) return known;
    const group: Group = { id: groupId, waiting: createHeap(isSentBefore), held: new Set() };
    groups.set(groupId, group);
    return group;
  }

  function settle(group: Group): void {
    const isEmpty = group.waiting.size() === 0;
    if (group.held.size === 0 && !isEmpty) free.add(group);
    else free.delete(group);
    if (group.held.size === 0 && isEmpty) groups.delete(group.id);
  }

  return { add, hold, release, take };
}

function isSentBefore(one: Message, other: Message): boolean {
  return one.sequence < other.sequence;
}

function takeOf(group: Group, most: number, accept: (message: Message) => boolean): Message[] {
  const taken: Message[] = [];
  while (taken.length < most) {
    const message = group.waiting.pop();
    if (message === undefined) break;
    if (message.state === 'visible' && accept(message)) taken.push(message);
  }
  return taken;
}
