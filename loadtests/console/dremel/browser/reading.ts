// browser/reading.ts: the bytes of each file, and which of them are read for a choice.
// Called by choosing.ts whenever the choice changes.
import { bytesRead, isByRow } from '../model/bytes.ts';
import type { Lesson, Stored, StoredFile } from '../model/lesson.ts';
import { element, whole } from './elements.ts';

export function readingOf({ stored }: Lesson, paths: readonly string[]): HTMLElement {
  const most = Math.max(...stored.files.map(({ bytes }) => bytes));
  const files = stored.files.map((file) => fileBar(file, paths, most));
  const words =
    paths.length === 0
      ? 'Nothing is asked, nothing is read'
      : `To read ${whole(paths.length)} ${paths.length === 1 ? 'field' : 'fields'}`;
  return element(
    'div',
    { class: 'files' },
    element('h3', {}, `${words} of ${stored.what}`),
    ...files,
    comparison(stored, paths),
  );
}

function fileBar(file: StoredFile, paths: readonly string[], most: number): HTMLElement {
  const read = bytesRead(file, paths);
  const fill = element('div', { class: 'fill' });
  fill.style.width = `${(100 * read) / file.bytes}%`;
  const total = element('div', { class: 'total' }, fill);
  total.style.width = `${(100 * file.bytes) / most}%`;
  return element(
    'div',
    { class: 'file', 'data-file': file.name, 'data-read': read },
    element('b', {}, file.name),
    element(
      'span',
      { class: 'read' },
      element('b', {}, whole(read)),
      ` of ${whole(file.bytes)} bytes`,
    ),
    element('div', { class: 'gauge', 'aria-hidden': 'true' }, total),
    element('small', {}, isByRow(file) ? file.about : `${file.about}; its columns to scale:`),
    isByRow(file) ? '' : mapOf(file, paths),
  );
}

/** All columns of one file side by side, as wide as they are long. */
function mapOf(file: StoredFile, paths: readonly string[]): HTMLElement {
  const parts = Object.entries(file.columns).map(([path, bytes]) =>
    part(`${path}, ${whole(bytes)} bytes`, bytes, paths.includes(path)),
  );
  if (file.alwaysBytes > 0)
    parts.push(
      part(`footer, ${whole(file.alwaysBytes)} bytes`, file.alwaysBytes, paths.length > 0),
    );
  return element('div', { class: 'map', 'aria-hidden': 'true' }, ...parts);
}

function part(title: string, bytes: number, isRead: boolean): HTMLElement {
  const one = element('i', { title, class: isRead ? 'fill' : undefined });
  one.style.flexGrow = String(bytes);
  return one;
}

/** In times, of the last of the files of rows: binary where there is one. */
function comparison({ files, note }: Stored, paths: readonly string[]): HTMLElement | string {
  const rows = files.findLast(isByRow);
  if (rows === undefined || paths.length === 0) return '';
  const sentences = files
    .filter((file) => !isByRow(file))
    .map((file) => `${file.name}: ${ratio(bytesRead(rows, paths), bytesRead(file, paths))}`);
  const words = `Against ${rows.name}: ${sentences.join('; ')}. ${note}`;
  return element('p', { class: 'caption' }, words);
}

function ratio(rows: number, columns: number): string {
  const times = rows / columns;
  if (times >= 1) return `${times.toFixed(times < 10 ? 1 : 0)} times fewer bytes`;
  return `${(1 / times).toFixed(1)} times more bytes`;
}
