// columns/store.ts: what every way of storing archived orders offers.
// Implemented beside this file, a store each; listed in stores.ts.
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import type { Totals } from './question.ts';

export interface Store {
  readonly name: string;
  /** Writes all of them into an empty folder. */
  write(folder: string, orders: Iterable<ArchivedOrder>): Promise<void>;
  /** @returns the totals of the columns asked for, and how many bytes had to be read for them */
  total(folder: string, paths: readonly string[]): Promise<Answer>;
}

export interface Answer {
  readonly totals: Totals;
  readonly bytesRead: number;
}

/** Orders that are written, and read, at a time: memory stays bounded however many there are. */
export const SEGMENT_ORDERS = 5000;

export function* segmentsOf<Item>(items: Iterable<Item>): Generator<Item[]> {
  let segment: Item[] = [];
  for (const item of items) {
    segment.push(item);
    if (segment.length < SEGMENT_ORDERS) continue;
    yield segment;
    segment = [];
  }
  if (segment.length > 0) yield segment;
}
