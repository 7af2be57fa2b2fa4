// dremel/more-fields.ts: bytes and time of each way of reading, over how many fields are asked for.
// Called by make-lessons.ts while the page is made; drawn below the examples.
import { firstColumns } from '../../columns/question.ts';
import { countsIn } from '../../experiments/rows-or-columns/claims.ts';
import { crossingOf } from '../../experiments/rows-or-columns/crossings.ts';
import type { LinesFigure, Series } from '../../lab/figure.ts';
import { bytesRead, medianOf } from './model/bytes.ts';
import type { Lesson, Timing } from './model/lesson.ts';
import { ASSEMBLED, type Folders, timingsOf, UNPACKED } from './time-presets.ts';

const presets = countsIn.full.map((count) => ({
  name: String(count),
  paths: firstColumns(count),
}));
const axes = { x: { label: 'fields asked for', unit: '', log: true } } as const;

/** @param folders where each store has written the orders of the lesson */
export async function moreFields(lesson: Lesson, folders: Folders): Promise<LinesFigure[]> {
  return [bytesOf(lesson), timesOf(lesson, await timingsOf(folders, presets))];
}

function bytesOf({ stored }: Lesson): LinesFigure {
  const series = stored.files.map((file) =>
    measured(
      file.name,
      presets.map(({ paths }) => bytesRead(file, paths)),
    ),
  );
  return {
    kind: 'lines',
    title: 'What has to be read',
    caption:
      `Of ${stored.what}, from the sizes of the files; both axes logarithmic. Rows are read whole, ` +
      'whatever is asked.',
    ...axes,
    y: { label: 'read', unit: 'bytes', log: true },
    panels: [{ title: 'Bytes', series }],
  };
}

function timesOf({ stored }: Lesson, timings: readonly Timing[]): LinesFigure {
  const ways = [...new Set(timings.map(({ how }) => how))];
  const series = ways.map((way) =>
    measured(
      way,
      timings.filter(({ how }) => how === way).map((timing) => medianOf(timing)),
    ),
  );
  return {
    kind: 'lines',
    title: 'How long it takes',
    caption:
      `Of ${stored.what}, medians of three, in JavaScript and here; both axes logarithmic. ` +
      `${crossingWords(series)} E12 asks engines as well, and has intervals.`,
    ...axes,
    y: { label: 'time', unit: 'ms', log: true },
    panels: [{ title: 'Time', series }],
  };
}

function measured(name: string, values: readonly number[]): Series {
  const points = values.map((y, at) => ({ x: countsIn.full[at] ?? 0, y }));
  return { name, role: 'measured', points };
}

function pointsOf(series: readonly Series[], way: string): Series['points'] {
  const found = series.find(({ name }) => name === way);
  if (found === undefined) throw new RangeError(`Nothing was measured of ${way}.`);
  return found.points;
}

/** Where records that are put together again cost as much as rows that never were apart. */
function crossingWords(series: readonly Series[]): string {
  const rows = pointsOf(series, UNPACKED);
  const ratios = pointsOf(series, ASSEMBLED).map(({ x, y }, at) => ({
    columns: x,
    ratio: y / (rows[at]?.y ?? Number.NaN),
  }));
  const at = crossingOf(ratios);
  const what = 'Records put together from columns take';
  if (at === undefined) return `${what} less than binary rows for any number of fields.`;
  return `${what} longer than binary rows from about ${Math.round(at)} fields on.`;
}
