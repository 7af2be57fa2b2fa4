// report/figures/timelines.ts: small multiples over time: a row a feature, a column a shape.
// Used by draw-figure.ts; once for outcomes, once for latencies, all panels on the same axes.
import type { TimelineColumn, TimelineStep, TimelinesFigure } from '../../lab/figure.ts';
import { outcomes } from '../../load/outcome.ts';
import { NBSP } from '../figures.ts';
import { type Markup, markup, type Part } from '../markup.ts';
import { outcomeLooks } from '../palette.ts';
import { tickWord } from '../quantity.ts';
import { latencyLines, medianWords } from './latency-lines.ts';
import { lostWords, outcomeBars } from './outcome-bars.ts';
import { allSteps, PANEL_HEIGHT, type TimeAxes, timeAxes, unitsOf } from './time-axis.ts';

/** What the panels of a grid show. */
interface PanelKind {
  readonly name: 'outcomes' | 'latencies';
  readonly title: string;
  draw(steps: readonly TimelineStep[], axes: TimeAxes): Part;
  /** The number written below the drawing. */
  words(steps: readonly TimelineStep[]): string;
  scale(axes: TimeAxes): Part;
}

const kinds: readonly PanelKind[] = [
  {
    name: 'outcomes',
    title: 'What became of the requests',
    draw: outcomeBars,
    words: lostWords,
    scale: () => [yLabel(0, `100${NBSP}%`), yLabel(100, '0')],
  },
  {
    name: 'latencies',
    title: 'How long a good answer took',
    draw: latencyLines,
    words: medianWords,
    scale: ({ latency }) =>
      latency.ticks.map((tick) => {
        const at = PANEL_HEIGHT - (latency.at(tick) ?? 0);
        return [yLabel(at, latencyWord(tick)), line('grid', at)];
      }),
  },
];

/** @param id unique on the page */
export function timelinesDrawing(figure: TimelinesFigure, id: string): Markup {
  const axes = timeAxes(figure);
  return markup`${kinds.map((kind) => grid(figure, axes, kind, `${id}-${kind.name}`))}`;
}

function grid(figure: TimelinesFigure, axes: TimeAxes, kind: PanelKind, id: string): Markup {
  const { rows, columns } = figure;
  const heads = columns.map(
    (column) => markup`<div class="head"><strong>${column.title}</strong>${bandKey(column)}</div>`,
  );
  const body = rows.map((row, at) => {
    const panels = columns.map((column, of) => panel(column, row, axes, kind, `${id}-${at}-${of}`));
    return markup`<h5>${row}</h5>${panels}`;
  });
  const legend = kind.name === 'outcomes' ? outcomeLegend(figure) : latencyLegend();
  return markup`<h4>${kind.title}</h4>${legend}
    <div class="multiples" style="--shapes:${columns.length};--few:${Math.min(2, columns.length)}">
    <div class="corner"></div>${heads}${body}</div>`;
}

function panel(
  column: TimelineColumn,
  row: string,
  axes: TimeAxes,
  kind: PanelKind,
  id: string,
): Markup {
  const steps = column.panels[row] ?? [];
  const words = kind.words(steps);
  const box = `0 0 ${unitsOf(axes.toMs, axes)} ${PANEL_HEIGHT}`;
  return markup`<div class="strip"><svg class="plot" role="img" aria-labelledby="${id}">
    <title id="${id}">${kind.title}: ${column.title}, ${row}: ${words}</title>
    <rect class="ground" width="100%" height="100%"/>${kind.scale(axes)}
    <svg viewBox="${box}" preserveAspectRatio="none">${kind.draw(steps, axes)}</svg>
    ${bands(column, axes)}${timeTicks(axes)}</svg>
    <p class="below"><b>${column.title}: </b>${words}</p></div>`;
}

/** Shaded, edged, capped by a bar above the panel; numbered where there are several. */
function bands({ bands: all }: TimelineColumn, axes: TimeAxes): Markup[] {
  return all.map(({ fromMs, toMs }, at) => {
    const [from, to] = [share(fromMs, axes), share(toMs, axes)];
    const width = Math.round((to - from) * 100) / 100;
    const middle = Math.round((from + to) * 50) / 100;
    const number = markup`<text class="number" x="${middle}%" y="0">${at + 1}</text>`;
    return markup`<rect class="fault" x="${from}%" width="${width}%" height="100%"/>
      <line class="cap" x1="${from}%" x2="${to}%" y1="-3" y2="-3"/>
      <line class="edge" x1="${from}%" x2="${from}%" y1="-3" y2="100%"/>
      <line class="edge" x1="${to}%" x2="${to}%" y1="-3" y2="100%"/>
      ${all.length > 1 ? number : null}`;
  });
}

function bandKey({ bands: all }: TimelineColumn): Markup {
  const entries = all.map(({ label, fromMs, toMs }, at) => {
    const sign = all.length > 1 ? `${at + 1}` : 'Shaded:';
    const times = `${tickWord(fromMs / 1000, '')}–${tickWord(toMs / 1000, '')}${NBSP}s`;
    return markup`<span><b>${sign}</b> ${label}, <i>${times}</i></span>`;
  });
  return markup`<p class="key">${entries}</p>`;
}

function timeTicks({ time }: TimeAxes): Markup[] {
  const zeroAt = Math.max(0, time.ticks.indexOf(0));
  return time.ticks.map((tick, index) => {
    const at = time.at(tick) ?? 0;
    const unit = tick === time.ticks.at(-1) ? `${NBSP}s` : '';
    // On a phone every second one has to go, but never the 0.
    const kind = (index - zeroAt) % 2 === 0 ? 'x' : 'x minor';
    return markup`<text class="${kind}" x="${at}%" y="100%">${tickWord(tick, '')}${unit}</text>`;
  });
}

/** Only the outcomes that occurred, in the order of the stack. */
function outcomeLegend(figure: TimelinesFigure): Markup {
  const steps = allSteps(figure);
  const seen = outcomes.filter((outcome) => steps.some((step) => step.outcomes[outcome] > 0));
  const entries = seen.map(
    (outcome) => markup`<li><svg class="sample" aria-hidden="true">
      <rect class="o-${outcome}" width="100%" height="100%"/></svg>
      <b>${outcome}</b> ${outcomeLooks[outcome].means}</li>`,
  );
  return markup`<ul class="legend">${entries}</ul>`;
}

function latencyLegend(): Markup {
  const sample = (path: Markup) =>
    markup`<svg class="sample" viewBox="0 0 10 10" preserveAspectRatio="none" aria-hidden="true">
      ${path}</svg>`;
  const median = markup`<path class="p50" d="M0,5H10"/>`;
  const slow = markup`<path class="band" d="M0,0H10V10H0Z"/><path class="p99" d="M0,1H10"/>`;
  return markup`<ul class="legend"><li>${sample(median)} median of a step</li>
    <li>${sample(slow)} up to its p99</li>
    <li>gap: nothing succeeded</li></ul>`;
}

function yLabel(at: number, words: string): Markup {
  return markup`<text class="y" x="0" y="${at}%">${words}</text>`;
}

function line(kind: string, at: number): Markup {
  return markup`<line class="${kind}" x1="0" x2="100%" y1="${at}%" y2="${at}%"/>`;
}

function latencyWord(ms: number): string {
  return ms >= 1000 ? `${tickWord(ms / 1000, '')}${NBSP}s` : `${tickWord(ms, '')}${NBSP}ms`;
}

function share(ms: number, { fromMs, toMs }: TimeAxes): number {
  const ratio = (ms - fromMs) / (toMs - fromMs || 1);
  return Math.round(Math.min(1, Math.max(0, ratio)) * 10_000) / 100;
}
