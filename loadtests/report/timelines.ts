// report/timelines.ts: small multiples: a row a feature, a column a shape, one drawing in each panel.
// Used by html.ts twice, for outcomes and for latencies; labels are HTML placed by per cent.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import type { ComparisonResult, TargetResult } from '../experiments/result.ts';
import { type Outcome, outcomes } from '../load/outcome.ts';
import { isUseful, type Tally } from '../load/tally.ts';
import {
  type Axes,
  axesOf,
  CHART_HEIGHT,
  chartWidth,
  latencyChart,
  latencyY,
  outcomeChart,
} from './charts.ts';
import { count, milliseconds, NBSP } from './figures.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { outcomeLooks } from './palette.ts';

/** What the panels of a grid show. */
interface PanelKind {
  readonly name: 'outcomes' | 'latencies';
  draw(target: TargetResult, feature: Feature, axes: Axes): Markup;
  /** One sentence for those who do not see the drawing. */
  describe(target: TargetResult, feature: Feature): string;
  /** The number written below the drawing. */
  label(target: TargetResult, feature: Feature): string;
  /** Marks of the vertical axis. */
  scale(axes: Axes): Part;
}

export function outcomeTimelines(result: ComparisonResult): Markup {
  return grid(result, {
    name: 'outcomes',
    draw: outcomeChart,
    describe: (target, feature) =>
      `${target.name}, ${feature}: share of each second's requests by outcome. ${lostOf(target, feature)}.`,
    label: lostOf,
    scale: () => markup`<span style="top:0">100 %</span><span style="top:100%">0</span>`,
  });
}

export function latencyTimelines(result: ComparisonResult): Markup {
  return grid(result, {
    name: 'latencies',
    draw: latencyChart,
    describe: (target, feature) =>
      `${target.name}, ${feature}: median and 99th percentile of each second. ${steadyOf(target, feature)}.`,
    label: steadyOf,
    scale: decadeLabels,
  });
}

/** Foot and top of the latencies' axis, in words. */
export function latencyRange(result: ComparisonResult): string {
  const { fromDecade, toDecade } = axesOf(result);
  return `${decadeWord(fromDecade)} at the foot to ${decadeWord(toDecade)} at the top`;
}

/** Only the outcomes that occurred, in the order of the stack. */
export function outcomeLegend({ targets }: ComparisonResult): Markup {
  const seen = outcomes.filter((outcome) =>
    targets.some(({ seconds }) => seconds.some((second) => occurs(second.features, outcome))),
  );
  const entries = seen.map(
    (outcome) =>
      markup`<li><svg aria-hidden="true" viewBox="0 0 10 10">
        <rect class="o-${outcome}" width="10" height="10"/></svg>
        <b>${outcome}</b> ${outcomeLooks[outcome].means}</li>`,
  );
  return markup`<ul class="legend">${entries}
    <li><svg aria-hidden="true" viewBox="0 0 10 10">
    <path class="away" d="M0,0h10v10h-10z"/><path class="crash" d="M0,0V10"/></svg>
    <b>crash</b> shaded until the process is ready again</li></ul>`;
}

function grid(result: ComparisonResult, kind: PanelKind): Markup {
  const axes = axesOf(result);
  const { targets } = result;
  const heads = targets.map(
    (target) =>
      markup`<div class="head"><strong>${target.name}</strong>
        <div class="marks" aria-hidden="true">${marks(target, axes)}</div></div>`,
  );
  const rows = features.map((feature) => {
    const panels = targets.map((target, at) => panelOf(target, feature, axes, kind, at));
    return markup`<h3>${feature}<small>${rateOf(targets, feature)}</small></h3>${panels}`;
  });
  const ticks = targets.map(
    () => markup`<div class="ticks" aria-hidden="true">${times(axes)}</div>`,
  );
  const corner = markup`<div class="corner"></div>`;
  return markup`<div class="multiples ${kind.name}" style="--shapes:${targets.length}">
    ${corner}${heads}${rows}${corner}${ticks}</div>`;
}

function panelOf(
  target: TargetResult,
  feature: Feature,
  axes: Axes,
  kind: PanelKind,
  at: number,
): Markup {
  // By position: two shapes may have the same name, two ids may not.
  const id = `${kind.name}-${at}-${feature}`;
  const box = `0 0 ${chartWidth(axes)} ${CHART_HEIGHT}`;
  const named = markup`aria-labelledby="${id} ${id}-d"`;
  return markup`<figure><div class="scale" aria-hidden="true">${kind.scale(axes)}</div>
    <svg viewBox="${box}" preserveAspectRatio="none" role="img" ${named}>
    <title id="${id}">${target.name}: ${feature}</title>
    <desc id="${id}-d">${kind.describe(target, feature)}</desc>
    ${kind.draw(target, feature, axes)}</svg>
    <figcaption>${kind.label(target, feature)}</figcaption></figure>`;
}

function marks(target: TargetResult, { lengthSeconds }: Axes): Markup[] {
  return target.crashes.map(({ component, orderedAtMs, diedAtMs, readyAtMs }) => {
    const left = percentOf(diedAtMs ?? orderedAtMs, lengthSeconds);
    const fate = diedAtMs === null ? ' (did not die)' : readyAtMs === null ? ' (not back)' : '';
    return markup`<span style="left:${left}">${component}${fate}</span>`;
  });
}

/** A tick every 5, 10, 20 … seconds: never more than ten. */
function times({ lengthSeconds }: Axes): Markup[] {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];
  const step = steps.find((size) => lengthSeconds / size <= 10) ?? 3600;
  const ticks = Array.from({ length: Math.floor(lengthSeconds / step) + 1 }, (_, at) => at * step);
  return ticks.map((tick, at) => {
    const kind = at % 2 === 0 ? 'major' : 'minor';
    const left = percentOf(tick * 1000, lengthSeconds);
    return markup`<span class="${kind}" style="left:${left}">${tick}${tick === 0 ? ' s' : ''}</span>`;
  });
}

function decadeLabels(axes: Axes): Markup[] {
  const decades = Array.from(
    { length: axes.toDecade - axes.fromDecade + 1 },
    (_, at) => axes.fromDecade + at,
  );
  // Six labels in a panel this low would touch: then every second one will do.
  const shown = decades.filter((_, at) => decades.length <= 3 || at % 2 === 0);
  return shown.map(
    (decade) =>
      markup`<span style="top:${latencyY(10 ** decade, axes)}%">${decadeWord(decade)}</span>`,
  );
}

function decadeWord(decade: number): string {
  return decade >= 3 ? `${10 ** (decade - 3)}${NBSP}s` : `${10 ** decade}${NBSP}ms`;
}

function lostOf(target: TargetResult, feature: Feature): string {
  const tallies = target.seconds.flatMap((second) => second.features[feature] ?? []);
  const sent = tallies.reduce((sum, tally) => sum + tally.sent, 0);
  if (sent === 0) return 'no requests';
  const lost = tallies.reduce((sum, tally) => sum + lostIn(tally), 0);
  return lost === 0 ? `all ${count(sent)} answered` : `${count(lost)} of ${count(sent)} lost`;
}

function lostIn(tally: Tally): number {
  return outcomes.reduce((sum, name) => (isUseful(name) ? sum : sum + tally.outcomes[name]), 0);
}

function steadyOf({ steady }: TargetResult, feature: Feature): string {
  const latency = steady.byFeature[feature]?.latency;
  if (!latency) return 'no latency while calm';
  return `p50 ${milliseconds(latency.latencyMsP50)}, p99 ${milliseconds(latency.latencyMsP99)}`;
}

/** What the schedule asks of a feature in a typical second; the last one is often cut short. */
function rateOf(targets: readonly TargetResult[], feature: Feature): string {
  const all = targets.flatMap(({ seconds }) => seconds);
  const sent = all.map(({ features: tallies }) => tallies[feature]?.sent ?? 0);
  const median = sent.sort((one, other) => one - other)[Math.floor(sent.length / 2)] ?? 0;
  if (median > 0) return `${count(median)} a second`;
  return sent.some((requests) => requests > 0) ? 'rarely asked' : 'never asked';
}

function occurs(tallies: Readonly<Partial<Record<Feature, Tally>>>, outcome: Outcome): boolean {
  return Object.values(tallies).some((tally) => tally.outcomes[outcome] > 0);
}

function percentOf(ms: number, lengthSeconds: number): string {
  return `${Math.round(ms / lengthSeconds) / 10}%`;
}
