// orders/queue.client.ts: the way to a service that reads a queue instead of listening.
// Made by neighbours.ts, used by the outbox relay.
import type { QueueOptions } from '@lab/shared/runtime/queue.ts';
import type { OutboxEvent } from './outbox.model.ts';

/** Every call may throw an Error: the queue may then have some of the events, or all. */
export function createQueueClient(options: QueueOptions) {
  // Loaded on demand: a shop without queues should not pay for it.
  const queue = import('@lab/shared/runtime/queue.ts').then(({ createQueue }) =>
    createQueue(options),
  );
  return {
    mostAtOnce: 10,
    /** At least once: resolves when the queue has all of them, in whatever order it hands them out. */
    deliver: async (events: readonly OutboxEvent[]): Promise<void> =>
      (await queue).send(events.map((event) => JSON.stringify(event))),
    close: async (): Promise<void> => (await queue).close(),
  };
}
