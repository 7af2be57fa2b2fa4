// columns/store.ts: what every way of storing archived orders offers.
// Implemented beside this file, a store each; listed in stores.ts.
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import type { Totals } from './question.ts';

export interface Store {
  readonly name: string;
  /** Writes all of them into an empty folder. */
  write(folder: string, orders: Iterable<ArchivedOrder>): Promise<void>;
  /** What they take there, where it is not the folder that they lie in. */
  bytesOnServer?(): Promise<number>;
  /** @returns the totals of the columns asked for, and how many bytes had to be read for them */
  total(folder: string, paths: readonly string[]): Promise<Answer>;
}

export interface Answer {
  readonly totals: Totals;
  readonly bytesRead: number;
  /** What a server of its own used for it, ms. */
  readonly otherCpuMs?: number;
}

/** A database that orders are added to, and looked up in, one by one. */
export interface Desk {
  readonly name: string;
  /** As a store does; the order's number is its place, from 0 on, and is indexed. */
  write(folder: string, orders: Iterable<ArchivedOrder>): Promise<void>;
  bytesOnServer?(): Promise<number>;
  open(folder: string): Promise<OpenDesk>;
}

export interface OpenDesk {
  /** Fetches all of one order. @returns how many rows it has, in all tables */
  lookUp(number: number): Promise<number>;
  /** Committed when it returns. */
  insert(order: ArchivedOrder, number: number): Promise<void>;
  /** What a server of its own used since it was opened, ms. */
  otherCpuMs(): number;
  close(): Promise<void>;
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
