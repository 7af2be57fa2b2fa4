// test/subject.ts: what a contract test may know of the shape it tests: an address and two keys.
// Made by contract.test.ts and its neighbours; every *.contract.ts takes one.
import { setTimeout as sleep } from 'node:timers/promises';

/** One running shape of the shop, freshly seeded. */
export interface Subject {
  /** `monolith`, `microservices`, …: the shape's name in differences.ts. */
  readonly name: string;
  /** The front door, without a trailing slash. */
  readonly baseUrl: string;
  readonly customerKey: string;
  readonly instructorKey: string;
  /**
   * Waits until `check` holds, for what only becomes true after the answer in one shape. A shape
   * that claims to have it at once is asked exactly once.
   * @throws Error when it never does, with what `check` threw last
   */
  settled(check: () => Promise<void>): Promise<void>;
  /**
   * Another start of the front door, strict enough to be overrun by a handful of requests.
   * @returns how many requests a second it takes of one key
   */
  narrowDoor(): Promise<number>;
}

/** Far longer than any outbox takes; a shape that needs it all has failed. */
const LONGEST_MS = 15_000;
const PAUSE_MS = 20;

/** `settled` of a shape where everything is true when the answer arrives: one look. */
export const atOnce = (check: () => Promise<void>): Promise<void> => check();

/** `settled` of a shape that tells its other half afterwards: looks again until it holds. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  const giveUpAtMs = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > giveUpAtMs) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
