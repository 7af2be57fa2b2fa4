// rows-or-columns/figures.ts: bytes and CPU over the columns asked for, and what writing costs.
// Called by the experiment with the accepted blocks; pure.
import { stores } from '../../columns/stores.ts';
import type { Figure, LinesFigure, Point, TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { shown } from '../../lab/shown.ts';
import { intervalOf, valuesOf } from '../../lab/values.ts';
import { ALL, armOf, countsIn, FEW } from './claims.ts';

const names = stores.map(({ name }) => name);

export function figuresOf(blocks: readonly Block[]): readonly Figure[] {
  return [
    lines(
      blocks,
      'bytesRead',
      'What has to be read',
      'bytes',
      'Rows are flat: whatever is asked, all of them are read.',
    ),
    lines(
      blocks,
      'cpuMs',
      'What it costs to answer',
      'ms',
      'Where a line of columns crosses one of rows, rows are the better store.',
    ),
    written(blocks),
  ];
}

export function sentenceOf(blocks: readonly Block[]): string {
  const read = (store: string) => shown(blocks, armOf(store, FEW), 'bytesRead', 'bytes');
  const cpu = (store: string) => shown(blocks, armOf(store, FEW), 'cpuMs', 'ms');
  return (
    `${FEW} of ${ALL} columns: ${read('columns')} and ${cpu('columns')} of CPU by column, ` +
    `${read('SQLite tables')} and ${cpu('SQLite tables')} from the table, ` +
    `${cpu('JSON rows')} from JSON, ${cpu('binary rows')} from binary rows.`
  );
}

function lines(
  blocks: readonly Block[],
  metric: string,
  title: string,
  unit: string,
  how: string,
): LinesFigure {
  return {
    kind: 'lines',
    title,
    caption: `Over the number of columns asked for; medians over blocks, both axes logarithmic. ${how}`,
    x: { label: 'columns asked for', unit: '', log: true },
    y: { label: metric === 'cpuMs' ? 'CPU' : 'read', unit, log: true },
    panels: [
      {
        title,
        series: names.map((name) => ({
          name,
          role: 'measured',
          points: pointsOf(blocks, name, metric),
        })),
      },
    ],
  };
}

function pointsOf(blocks: readonly Block[], store: string, metric: string): Point[] {
  return countsIn.full.flatMap((columns) => {
    const values = valuesOf(blocks, armOf(store, columns), metric);
    if (values.length === 0) return [];
    const { value, low, high } = intervalOf(values);
    return [{ x: columns, y: value, ...(low === null || high === null ? {} : { low, high }) }];
  });
}

function written(blocks: readonly Block[]): TableFigure {
  return {
    kind: 'table',
    title: 'What the archive takes',
    caption: 'Bytes on disk, and CPU to make up all orders and write them once.',
    head: ['', 'on disk', 'CPU to write'],
    rows: names.map((name) => [
      name,
      shown(blocks, name, 'bytesOnDisk', 'bytes'),
      shown(blocks, name, 'writeMs', 'ms'),
    ]),
  };
}
