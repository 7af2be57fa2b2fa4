// dremel/model/bytes.ts: how many bytes a choice of columns reads from each file.
// Called by the page's script; the sizes themselves come from the files.
import type { Lesson, Preset, StoredFile, Timing } from './lesson.ts';

/** @returns 0 when nothing is asked for @throws RangeError for a column that a file of columns lacks */
export function bytesRead(file: StoredFile, paths: readonly string[]): number {
  if (paths.length === 0) return 0;
  if (isByRow(file)) return file.alwaysBytes;
  return paths.reduce((sum, path) => {
    const bytes = file.columns[path];
    if (bytes === undefined) throw new RangeError(`${file.name} has no column "${path}".`);
    return sum + bytes;
  }, file.alwaysBytes);
}

export const isByRow = ({ columns }: StoredFile): boolean => Object.keys(columns).length === 0;

/** The preset with exactly these columns, in whatever order. */
export function presetOf({ presets }: Lesson, paths: readonly string[]): Preset | undefined {
  return presets.find(
    (preset) =>
      preset.paths.length === paths.length && preset.paths.every((path) => paths.includes(path)),
  );
}

/** The middle one of an odd number of times. */
export function medianOf({ ms }: Timing): number {
  return [...ms].sort((one, other) => one - other)[Math.floor(ms.length / 2)] ?? Number.NaN;
}
