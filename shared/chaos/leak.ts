// chaos/leak.ts: memory that is kept, as a cache without a limit or a forgotten listener keeps it.
// Called by suffer.ts, once a call that meets the fault `leak`.

/** V8 on 64 bits: a list is 6 words, and one for each number; so a list has 1 KB. */
const NUMBERS_PER_KB = 128 - 6;

/**
 * Lists of numbers in V8's heap, which its limit (`--max-old-space-size`) counts and its collector
 * has to go through. Making 8 MB holds up the event loop for some tens of milliseconds.
 * @param sizeMb of 2^20 bytes, 1–256
 */
export function keptObjects(sizeMb: number): object {
  const lists = new Array<number[]>(sizeMb * 1024);
  for (let index = 0; index < lists.length; index += 1) {
    lists[index] = new Array<number>(NUMBERS_PER_KB).fill(index);
  }
  return lists;
}
