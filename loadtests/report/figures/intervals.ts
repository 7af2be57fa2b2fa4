// report/figures/intervals.ts: a forest plot: a value with its interval a row, all on one axis.
// Used by draw-figure.ts; the numbers stand beside the drawing as text.
import type { IntervalRow, IntervalsFigure } from '../../lab/figure.ts';
import { type Markup, markup } from '../markup.ts';
import { axisWords, bounds, range, tickWord, withInterval } from '../quantity.ts';
import { type Scale, scaleOf } from './scale.ts';

export function intervalsDrawing(figure: IntervalsFigure): Markup {
  const { x, neutral, rows } = figure;
  const values = rows.flatMap(numbers).concat(neutral ?? []);
  const scale = scaleOf(x, values);
  const ticks = scale.ticks.map((tick) => {
    const at = scale.at(tick) ?? 0;
    return markup`<text class="x" x="${at}%" y="0">${tickWord(tick, x.unit)}</text>`;
  });
  const note = x.log === true ? ' (log scale)' : '';
  return markup`${legend(figure)}<div class="forest">
    ${rows.map((row) => rowOf(row, figure, scale))}
    <span></span><svg class="plot foot" aria-hidden="true">${ticks}</svg><span></span>
    <span></span><p class="axis">${axisWords(x)}${note} →</p><span></span></div>`;
}

function rowOf(row: IntervalRow, { x, neutral }: IntervalsFigure, scale: Scale): Markup {
  const predicted = row.predicted ? bounds(row.predicted.low, row.predicted.high, x.unit) : '';
  const aa = row.aa ? `twin ${range(row.aa.low, row.aa.high, x.unit)}` : '';
  const small = [predicted === '' ? '' : `predicted ${predicted}`, aa].filter(
    (part) => part !== '',
  );
  const [value = '', ...interval] = withInterval(row, x.unit).split(' ');
  return markup`<div class="label">${row.label}<small>${small.join(' · ')}</small></div>
    <div class="track"><svg class="plot" aria-hidden="true">
    ${predictedBox(row, scale)}${aaBand(row, scale)}${grid(scale)}${neutralLine(neutral, scale)}${measured(row, scale)}</svg></div>
    <div class="value"><b>${value}</b> <span>${interval.join(' ')}</span></div>`;
}

function grid(scale: Scale): (Markup | null)[] {
  return scale.ticks.map((tick) => upright('grid', scale.at(tick)));
}

function neutralLine(neutral: number | null, scale: Scale): Markup | null {
  return neutral === null ? null : upright('neutral', scale.at(neutral));
}

/** An open side runs to the edge and has no line there. */
function predictedBox({ predicted }: IntervalRow, scale: Scale): Markup | null {
  if (predicted === undefined || (predicted.low === null && predicted.high === null)) return null;
  const from = predicted.low === null ? 0 : (scale.at(predicted.low) ?? 0);
  const to = predicted.high === null ? 100 : (scale.at(predicted.high) ?? 100);
  const edges = [predicted.low === null ? null : from, predicted.high === null ? null : to];
  const wide = width(from, to);
  return markup`<rect class="predicted" x="${from}%" width="${wide}%" y="12%" height="76%"/>
    ${edges.map((at) => (at === null ? null : upright('edge', at, '12%', '88%')))}`;
}

function aaBand({ aa }: IntervalRow, scale: Scale): Markup | null {
  if (aa === undefined) return null;
  const [from, to] = [scale.at(aa.low) ?? 0, scale.at(aa.high) ?? 0];
  const wide = Math.max(0.3, width(from, to));
  return markup`<rect class="aa" x="${from}%" width="${wide}%" y="28%" height="44%"/>`;
}

function measured({ value, low, high }: IntervalRow, scale: Scale): Markup | null {
  const at = value === null ? null : scale.at(value);
  if (at === null) return null;
  const [from, to] = [low, high].map((end) => (end === null ? null : scale.at(end)));
  const line =
    from == null || to == null
      ? null
      : markup`<line class="whisker" x1="${from}%" x2="${to}%" y1="50%" y2="50%"/>`;
  return markup`<g class="s0">${line}<use href="#m0" x="${at}%" y="50%"/></g>`;
}

function upright(kind: string, at: number | null, top = '0', bottom = '100%'): Markup | null {
  if (at === null) return null;
  return markup`<line class="${kind}" x1="${at}%" x2="${at}%" y1="${top}" y2="${bottom}"/>`;
}

function legend({ rows, neutral }: IntervalsFigure): Markup {
  const box = (kind: string) =>
    markup`<svg class="sample" aria-hidden="true">
      <rect class="${kind}" width="100%" height="100%"/></svg>`;
  const entries = [
    markup`<li><svg class="sample s0" aria-hidden="true">
      <line class="whisker" x1="0" x2="100%" y1="50%" y2="50%"/>
      <use href="#m0" x="50%" y="50%"/></svg> measured, with its interval</li>`,
    rows.some(({ predicted }) => predicted) ? markup`<li>${box('predicted')} predicted</li>` : null,
    rows.some(({ aa }) => aa)
      ? markup`<li>${box('aa')} the same target against its twin: noise</li>`
      : null,
    neutral === null
      ? null
      : markup`<li><svg class="sample" aria-hidden="true">${upright('neutral', 50)}</svg>
        no difference</li>`,
  ];
  return markup`<ul class="legend">${entries}</ul>`;
}

function numbers({ value, low, high, predicted, aa }: IntervalRow): number[] {
  const all = [value, low, high, predicted?.low, predicted?.high, aa?.low, aa?.high];
  return all.flatMap((one) => one ?? []);
}

function width(from: number, to: number): number {
  return Math.round((to - from) * 100) / 100;
}
