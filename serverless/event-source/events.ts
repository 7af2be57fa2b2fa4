// event-source/events.ts: what a mapping tells those who watch it, and how much it has done.
// Made by the pollers; read by the owner through `onEvent` and `state`.

export type MappingEvent =
  /** A batch was handled: so many are deleted, so many stay in the queue until they reappear. */
  | { readonly kind: 'batch'; readonly deleted: number; readonly kept: number }
  /** The function ran and failed, or Lambda refused: the whole batch stays in the queue. */
  | { readonly kind: 'failure'; readonly messages: number; readonly reason: string }
  /** Lambda had no place for the batch; it is tried again. */
  | { readonly kind: 'throttle'; readonly messages: number }
  /** A batch was throttled until its visibility timeout: it is dropped here and reappears there. */
  | { readonly kind: 'drop'; readonly messages: number }
  /** The queue or Lambda could not be asked, or a deletion failed. */
  | { readonly kind: 'error'; readonly error: unknown };

export interface MappingState {
  readonly isClosed: boolean;
  /** Long polls and invocations under way: the concurrency that is allotted now. */
  readonly pollers: number;
  /** Those that hold a batch. */
  readonly busy: number;
  readonly invocations: number;
  readonly deleted: number;
  /** Messages that a failure or a throttle left in the queue, each time anew. */
  readonly kept: number;
}

export interface Counters {
  busy: number;
  invocations: number;
  deleted: number;
  kept: number;
}
