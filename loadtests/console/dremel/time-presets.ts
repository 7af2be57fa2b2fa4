// dremel/time-presets.ts: how long each way of reading takes for each preset, here and now.
// Called by make-lessons.ts while the page is made; the page says that it was then.
import { assembled, columns } from '../../columns/column-stores.ts';
import { binaryRows, jsonRows } from '../../columns/row-stores.ts';
import type { Preset, Timing } from './model/lesson.ts';

/** Where each store has written, by its name. */
export type Folders = Map<string, string>;

/** An odd number, for a median that was measured; one more before them warms up and is not kept. */
const TRIES = 3;

export const UNPACKED = 'binary rows, unpacked';
export const ASSEMBLED = 'plain columns, assembled into records';

const ways = [
  { store: jsonRows, how: 'JSON rows, parsed', folderOf: jsonRows.name },
  { store: binaryRows, how: UNPACKED, folderOf: binaryRows.name },
  { store: columns, how: 'plain columns, value by value', folderOf: columns.name },
  { store: assembled, how: ASSEMBLED, folderOf: columns.name },
];

export async function timingsOf(folders: Folders, presets: readonly Preset[]): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const { name: preset, paths } of presets)
    for (const { store, how, folderOf } of ways) {
      const ms: number[] = [];
      for (let at = 0; at <= TRIES; at += 1) {
        const beganMs = performance.now();
        await store.total(folders.get(folderOf) as string, paths);
        ms.push(performance.now() - beganMs);
      }
      timings.push({ how, preset, ms: ms.slice(1) });
    }
  return timings;
}
