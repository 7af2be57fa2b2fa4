// sqs/snapshot.ts: the fewest entries that lead to the same queues.
// Called by journal.ts, which begins its file with them.
import { forget } from './deduplication.ts';
import type { Entry } from './entry.ts';
import type { Queue } from './queue.ts';
import { isExpired } from './retention.ts';

/** Leaves out what is too old to matter at `nowMs`. */
export function snapshot(queues: ReadonlyMap<string, Queue>, nowMs: number): Entry[] {
  return [...queues.values()].flatMap((queue) => snapshotOf(queue, nowMs));
}

function snapshotOf(queue: Queue, nowMs: number): Entry[] {
  forget(queue, nowMs);
  const { name, attributes, tags, sequence, createdAtMs, modifiedAtMs, purgedAtMs } = queue;
  const facts = { attributes, tags, sequence, createdAtMs, modifiedAtMs, purgedAtMs };
  return [
    { op: 'create', queue: name, ...facts },
    ...[...queue.seen].map(([key, seen]): Entry => ({ op: 'seen', queue: name, key, seen })),
    ...[...queue.messages.values()]
      .filter((message) => !isExpired(queue, message, nowMs))
      .map((message): Entry => ({ op: 'send', queue: name, message })),
  ];
}
