// sqs/standard-order.ts: the order of a standard queue: as they became visible, more or less.
// Made by queue.ts. AWS promises no order; here it is the knob `reordering` that breaks it.
import { createHeap } from './heap.ts';
import type { Message } from './message.ts';
import type { ReadyMessages } from './ready-messages.ts';

interface Place {
  readonly number: number;
  readonly message: Message;
}

export function createStandardOrder(): ReadyMessages {
  const line = createHeap<Place>((one, other) => one.number < other.number);
  let number = 0;

  function add(message: Message): void {
    number += 1;
    line.push({ number, message });
  }

  function take(
    most: number,
    accept: (message: Message) => boolean,
    pick: (of: number) => number,
  ): Message[] {
    const taken: Message[] = [];
    while (taken.length < most) {
      const place = line.pop(pick(line.size()));
      if (place === undefined) break;
      // Whatever was deleted while it was visible still stands in line.
      if (place.message.state === 'visible' && accept(place.message)) taken.push(place.message);
    }
    return taken;
  }

  return { add, take, hold: () => {}, release: () => {} };
}
