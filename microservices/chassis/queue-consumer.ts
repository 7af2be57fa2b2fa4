// chassis/queue-consumer.ts: reads a queue for as long as a service runs, as an event source mapping does.
// Called by the server.ts of each service that follows orders.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '@lab/shared/contract/operation.ts';
import type { AwsSettings } from '@lab/shared/runtime/config.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { Queue } from '@lab/shared/runtime/queue.ts';
import type { FastifyInstance } from 'fastify';
import { consuming, type QueueHandler } from './consuming.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;
/** Of a queue, beyond the time that it may wait for a message. */
const TIMEOUT_MS = 5000;

/**
 * @param from an SQS queue by its URL; empty when there is none, and nothing is read. `together`: what
 *   it gives at once, up to ten events, is handed over at once
 */
export async function keepConsuming(
  app: FastifyInstance,
  operation: Operation,
  from: { url: string; aws: AwsSettings; together?: boolean },
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  if (from.url === '') return { close: async () => {} };
  // Loaded on demand: a shop without queues should not pay for it.
  const { createQueue } = await import('@lab/shared/runtime/queue.ts');
  const queue = createQueue({ ...from, timeoutMs: TIMEOUT_MS });
  const take = await consuming(app, operation, from.together);
  const closing = new AbortController();

  async function run(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!closing.signal.aborted) {
      try {
        await takeSome(queue, take, closing.signal);
        waitMs = FIRST_WAIT_MS;
      } catch (error) {
        if (closing.signal.aborted) return;
        log.warn({ waitMs, reason: (error as Error).message }, 'the queue is not read');
        await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => {});
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
      }
    }
  }
  const running = run();
  return {
    /** Finishes the batch under way; what was received and not removed comes again. */
    async close() {
      closing.abort();
      await running;
      await queue.close();
    },
  };
}

/** What is refused stays hidden for a while, comes again, and is put aside after some failures. */
async function takeSome(queue: Queue, take: QueueHandler, closing: AbortSignal): Promise<void> {
  const messages = await queue.receive(closing);
  const { batchItemFailures } = await take({ Records: messages });
  const refused = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  await queue.remove(messages.filter(({ messageId }) => !refused.has(messageId)));
}
