// rows-or-columns/figures.ts: bytes and CPU over the columns asked for, and what writing costs.
// Called by the experiment with the accepted blocks; pure.
import { databaseStores, desksWith, fileStores } from '../../columns/stores.ts';
import type { Figure, LinesFigure, Point, TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { metricsTable, shown } from '../../lab/shown.ts';
import { intervalOf, valuesOf } from '../../lab/values.ts';
import { ALL, armOf, countsIn, deskOf, FEW } from './claims.ts';
import { crossings } from './crossings.ts';

/** Those on PostgreSQL too: what was not measured has no points. */
const SOMEWHERE = 'postgres:';
const namesOf = (stores: readonly { readonly name: string }[]) => stores.map(({ name }) => name);
/** Apart, as what counts is JavaScript in the one and C or C++ in the other. */
const groups = [
  { where: 'files, counted in JavaScript', names: namesOf(fileStores) },
  { where: 'databases', names: namesOf(databaseStores(SOMEWHERE)) },
] as const;
const names = groups.flatMap((group) => group.names);
const desks = desksWith(SOMEWHERE).map(({ name }) => deskOf(name));

const drawn = [
  {
    metric: 'bytesRead',
    title: 'What has to be read',
    y: { label: 'read', unit: 'bytes', log: true },
    how: 'Rows are flat: whatever is asked, all of them are read.',
  },
  {
    metric: 'cpuMs',
    title: 'What it costs to answer',
    y: { label: 'CPU', unit: 'ms', log: true },
    how: 'Where a line of columns crosses one of rows, rows are the better store.',
  },
] as const;

export function figuresOf(blocks: readonly Block[]): readonly Figure[] {
  return [
    ...drawn.flatMap((one) => groups.map((group) => lines(blocks, one, group))),
    crossings(blocks),
    written(blocks),
    single(blocks),
  ];
}

export function sentenceOf(blocks: readonly Block[]): string {
  const read = (store: string) => shown(blocks, armOf(store, FEW), 'bytesRead', 'bytes');
  const cpu = (store: string) => shown(blocks, armOf(store, FEW), 'cpuMs', 'ms');
  const both = (store: string) => `${read(store)} with ${cpu(store)} of CPU`;
  return (
    `${FEW} of ${ALL} columns: DuckDB reads ${both('Parquet in DuckDB')}, SQLite ` +
    `${both('SQLite tables')}; JavaScript takes ${cpu('columns')} by column, ` +
    `${cpu('binary rows')} by binary rows, ${cpu('JSON rows')} by JSON.`
  );
}

function lines(
  blocks: readonly Block[],
  { metric, title, y, how }: (typeof drawn)[number],
  group: (typeof groups)[number],
): LinesFigure {
  return {
    kind: 'lines',
    title: `${title}: ${group.where}`,
    caption: `Over the number of columns asked for; medians over blocks, both axes logarithmic. ${how}`,
    x: { label: 'columns asked for', unit: '', log: true },
    y,
    panels: [
      {
        title,
        series: measured(blocks, group.names, 'bytesOnDisk').map((name) => ({
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

const written = (blocks: readonly Block[]): TableFigure =>
  metricsTable(
    blocks,
    measured(blocks, names, 'bytesOnDisk'),
    [
      ['bytesOnDisk', 'on disk', 'bytes'],
      ['writeMs', 'CPU to write', 'ms'],
    ],
    {
      title: 'What the archive takes',
      caption: 'Bytes on disk, and CPU to make up all orders and write them once.',
    },
  );

const single = (blocks: readonly Block[]): TableFigure =>
  metricsTable(
    blocks,
    measured(blocks, desks, 'lookUpMs'),
    [
      ['lookUpMs', 'look up', 'ms'],
      ['insertMs', 'insert', 'ms'],
    ],
    {
      title: 'An order at a time, where rows win',
      caption:
        'CPU of one, a server’s own included: all rows of an order looked up by its number, and one ' +
        'inserted in a transaction of its own. Every table has an index of that number.',
    },
  );

const measured = (blocks: readonly Block[], arms: readonly string[], metric: string) =>
  arms.filter((arm) => valuesOf(blocks, arm, metric).length > 0);
