// sqs/ready-messages.ts: what a queue asks of the order it hands its messages out in.
// Implemented by standard-order.ts and fifo-groups.ts; called by queue.ts and receive.ts.
import type { Message } from './message.ts';

export interface ReadyMessages {
  /** It is visible, for the first time or again. */
  add(message: Message): void;
  /** It is in flight. */
  hold(message: Message): void;
  /** It has left the queue, from whatever state. */
  release(message: Message): void;
  /**
   * Takes visible messages out, in order; who takes them says next what became of them.
   * @param accept asked for each: one that is refused does not count, it has left the queue
   * @param pick of so many, which to take, where order is not promised: 0 is the oldest
   */
  take(
    most: number,
    accept: (message: Message) => boolean,
    pick: (of: number) => number,
  ): Message[];
}
