// report/figures/lines.ts: lines over a number: what was measured with its intervals, on what was predicted.
// Used by draw-figure.ts. Paths stretch with the panel; marks and text never do.
import type { LinesFigure, Point, Series } from '../../lab/figure.ts';
import { type Markup, markup } from '../markup.ts';
import { axisWords, tickWord } from '../quantity.ts';
import { type Scale, scaleOf } from './scale.ts';
import { legendOf, type SeriesLook, seriesLooks } from './series.ts';

interface Plot {
  readonly figure: LinesFigure;
  readonly x: Scale;
  readonly y: Scale;
  readonly looks: readonly SeriesLook[];
}

/** @param id unique on the page */
export function linesDrawing(figure: LinesFigure, id: string): Markup {
  const points = figure.panels.flatMap(({ series }) => series.flatMap((one) => one.points));
  const plot: Plot = {
    figure,
    x: scaleOf(
      figure.x,
      points.map(({ x }) => x),
    ),
    y: scaleOf(figure.y, points.flatMap(heights)),
    looks: seriesLooks(figure),
  };
  const gutter = Math.max(...plot.y.ticks.map((tick) => tickWord(tick, figure.y.unit).length));
  const count = figure.panels.length;
  // Four are two rows of two, not three and a straggler.
  const columns = count === 4 ? 2 : Math.max(1, Math.min(3, count));
  const panels = figure.panels.map((_, at) => panel(plot, at, `${id}-${at}`));
  return markup`${legendOf(plot.looks)}
    <div class="panels" style="--columns:${columns};--gutter:${gutter}ch">${panels}</div>`;
}

function panel(plot: Plot, at: number, id: string): Markup {
  const { x, y, panels } = plot.figure;
  const { title = '', series = [] } = panels[at] ?? {};
  const scaleNote = y.log === true ? ' (log scale)' : '';
  // Predictions below, so that no measured point is hidden by one.
  const drawn = [...series].sort((one, other) => rank(one) - rank(other));
  return markup`<div class="panel">
    <h4>${title}</h4><p class="axis">↑ ${axisWords(y)}${scaleNote}</p>
    <svg class="plot" role="img" aria-labelledby="${id}">
    <title id="${id}">${title}: ${described(series)}</title>
    ${yGrid(plot)}${xGrid(plot)}${drawn.map((one) => drawnSeries(one, plot))}</svg>
    <p class="axis below">${axisWords(x)}${x.log === true ? ' (log scale)' : ''} →</p>
    ${unplaced(series, plot)}</div>`;
}

function yGrid({ y, figure }: Plot): Markup[] {
  return y.ticks.map((tick) => {
    const at = 100 - (y.at(tick) ?? 0);
    return markup`<line class="grid" x1="0" x2="100%" y1="${at}%" y2="${at}%"/>
      <text class="y" x="0" y="${at}%">${tickWord(tick, figure.y.unit)}</text>`;
  });
}

function xGrid({ x, figure }: Plot): Markup[] {
  return x.ticks.map((tick) => {
    const at = x.at(tick) ?? 0;
    return markup`<line class="grid" x1="${at}%" x2="${at}%" y1="100%" y2="100%" />
      <text class="x" x="${at}%" y="100%">${tickWord(tick, figure.x.unit)}</text>`;
  });
}

function drawnSeries(series: Series, plot: Plot): Markup {
  const look = plot.looks.find(({ name, role }) => name === series.name && role === series.role);
  const points = series.points.flatMap((point) => placedPoint(point, plot));
  const path = points.map(({ x, y }) => `${x},${y}`).join('L');
  const line =
    path === ''
      ? null
      : markup`<svg viewBox="0 0 100 100" preserveAspectRatio="none">
        <path class="line ${series.role}" d="M${path}"/></svg>`;
  const marks = series.role === 'predicted' ? [] : points.map((point) => mark(point, look));
  return markup`<g class="${look?.tone ?? ''}">${line}${marks}</g>
`;
}

interface PlacedPoint {
  readonly x: number;
  readonly y: number;
  readonly whisker: readonly [number, number] | null;
}

function placedPoint(point: Point, { x, y }: Plot): PlacedPoint[] {
  const [left, up] = [x.at(point.x), y.at(point.y)];
  if (left === null || up === null) return [];
  const [low, high] = [point.low, point.high].map((end) => (end == null ? null : y.at(end)));
  const whole = low != null && high != null;
  return [{ x: left, y: down(up), whisker: whole ? [down(low), down(high)] : null }];
}

function mark({ x, y, whisker }: PlacedPoint, look: SeriesLook | undefined): Markup {
  const line =
    whisker === null
      ? null
      : markup`<line class="whisker" x1="${x}%" x2="${x}%" y1="${whisker[0]}%" y2="${whisker[1]}%"/>`;
  return markup`${line}<use href="#m${look?.mark ?? 0}" x="${x}%" y="${y}%"/>`;
}

/** A log axis cannot show 0: what is left out is counted, never silent. */
function unplaced(series: readonly Series[], plot: Plot): Markup | null {
  const all = series.flatMap(({ points }) => points);
  const lost = all.filter((point) => placedPoint(point, plot).length === 0).length;
  if (lost === 0) return null;
  return markup`<p class="axis">Not drawn: ${lost} of ${all.length} points, at 0 or below.</p>`;
}

function described(series: readonly Series[]): string {
  return series
    .map(({ name, role, points }) => `${name}, ${role}, ${points.length} points`)
    .join('; ');
}

function heights({ y, low, high }: Point): number[] {
  return [y, low ?? y, high ?? y];
}

function rank({ role }: Series): number {
  return role === 'predicted' ? 0 : 1;
}

function down(up: number): number {
  return Math.round((100 - up) * 100) / 100;
}
