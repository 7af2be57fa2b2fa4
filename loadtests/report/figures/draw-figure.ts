// report/figures/draw-figure.ts: a figure of whatever kind, with its title, its caption and its numbers.
// Called by page/experiment.ts for each figure in order.
import type { Figure, LinesFigure } from '../../lab/figure.ts';
import { type Markup, markup } from '../markup.ts';
import { axisWords, quantity, withInterval } from '../quantity.ts';
import { intervalsDrawing } from './intervals.ts';
import { linesDrawing } from './lines.ts';
import { matrixDrawing } from './matrix.ts';
import { type TableParts, tableOf } from './table.ts';
import { timelinesDrawing } from './timelines.ts';

/** @param id unique on the page; a link from elsewhere may point at it */
export function drawFigure(figure: Figure, id: string): Markup {
  return markup`<figure class="figure ${figure.kind}" id="${id}"><h3>${figure.title}</h3>
    <p class="caption">${figure.caption}</p>${drawing(figure, id)}</figure>
`;
}

function drawing(figure: Figure, id: string): Markup {
  switch (figure.kind) {
    case 'lines':
      return markup`${linesDrawing(figure, id)}${numbersBehind(figure)}`;
    case 'intervals':
      return intervalsDrawing(figure);
    case 'matrix':
      return matrixDrawing(figure);
    case 'timelines':
      return timelinesDrawing(figure, id);
    case 'table':
      return tableOf({ label: figure.title, head: figure.head, rows: figure.rows });
  }
}

function numbersBehind(figure: LinesFigure): Markup {
  return markup`<details><summary>The numbers drawn</summary>${tableOf(linesTable(figure))}</details>`;
}

function linesTable({ title, x, y, panels }: LinesFigure): TableParts {
  const rows = panels.flatMap((panel) =>
    panel.series.flatMap(({ name, role, points }) =>
      points.map((point) => [
        panel.title,
        `${name}${role === 'predicted' ? ' (predicted)' : ''}`,
        quantity(point.x, x.unit),
        point.low === undefined || point.high === undefined
          ? quantity(point.y, y.unit)
          : withInterval({ value: point.y, low: point.low, high: point.high }, y.unit),
      ]),
    ),
  );
  return {
    label: title,
    head: ['panel', 'series', axisWords(x), axisWords(y)],
    rows,
    kind: 'dense',
  };
}
