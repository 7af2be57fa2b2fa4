// sqs/entry.ts: every change there is, as data: what the journal stores and apply.ts carries out.
// Made by the actions through commit, in sqs.ts.
import type { Seen } from './deduplication.ts';
import type { Message } from './message.ts';
import type { QueueFacts } from './queue.ts';

/** Times are in it: to carry it out again reads no clock. `queue` is a name. */
export type Entry =
  | ({ readonly op: 'create'; readonly queue: string } & Omit<QueueFacts, 'name'>)
  | { readonly op: 'drop'; readonly queue: string }
  | {
      readonly op: 'configure';
      readonly queue: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly atMs: number;
    }
  | { readonly op: 'tag'; readonly queue: string; readonly tags: Readonly<Record<string, string>> }
  | { readonly op: 'purge'; readonly queue: string; readonly atMs: number }
  /** `seenAs`: the deduplication key, of a FIFO queue. */
  | {
      readonly op: 'send';
      readonly queue: string;
      readonly message: Message;
      readonly seenAs?: string;
    }
  | { readonly op: 'seen'; readonly queue: string; readonly key: string; readonly seen: Seen }
  | {
      readonly op: 'receive';
      readonly queue: string;
      readonly ids: readonly string[];
      readonly atMs: number;
      readonly visibleAtMs: number;
    }
  | {
      readonly op: 'hide';
      readonly queue: string;
      readonly id: string;
      readonly visibleAtMs: number;
    }
  | { readonly op: 'delete'; readonly queue: string; readonly id: string }
  /** Out of one queue and into another, in one: a crash can leave it in both as little as in none. */
  | {
      readonly op: 'move';
      readonly queue: string;
      readonly id: string;
      readonly to: string;
      readonly message: Message;
    };

export type EntryOf<Op extends Entry['op']> = Extract<Entry, { readonly op: Op }>;
