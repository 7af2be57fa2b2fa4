// report/charts.ts: the drawings: outcomes and latencies a second, as SVG that stretches to its box.
// Used by timelines.ts. Only shapes live here: text is HTML around them, so that it never stretches.
import type { Feature } from '@lab/shared/contract/operation.ts';
import type { ComparisonResult, CrashResult, TargetResult } from '../experiments/result.ts';
import { outcomes } from '../load/outcome.ts';
import type { Tally } from '../load/tally.ts';
import { type Markup, markup } from './markup.ts';

/** Height of every drawing in its own units; a share of 1 is as tall in each of them. */
export const CHART_HEIGHT = 100;
/** Drawing units a second: whole numbers keep the paths short. */
const UNITS = 10;

/** What all drawings of a page share. */
export interface Axes {
  /** From 0 to the end of the longest shape. */
  readonly lengthSeconds: number;
  /** Whole decades in ms, as powers of ten. */
  readonly fromDecade: number;
  readonly toDecade: number;
}

export function axesOf({ targets }: ComparisonResult): Axes {
  const all = targets.flatMap((target) => target.seconds);
  const latencies = all.flatMap(({ features }) =>
    Object.values(features).flatMap(({ latency }) => latency ?? []),
  );
  const fastest = latencies.map((latency) => Math.max(0.001, latency.latencyMsP50));
  const slowest = latencies.map((latency) => Math.max(0.001, latency.latencyMsP99));
  // Without a single latency any axis will do: it stays empty.
  const fromDecade = Math.floor(Math.log10(least(fastest) ?? 1));
  const toDecade = Math.ceil(Math.log10(most(slowest) ?? 10));
  return {
    lengthSeconds: (most(all.map(({ second }) => second)) ?? 0) + 1,
    fromDecade,
    toDecade: Math.max(fromDecade + 1, toDecade),
  };
}

/** Stacked shares of a second's requests, good ones below; a second without requests stays empty. */
export function outcomeChart(target: TargetResult, feature: Feature, axes: Axes): Markup {
  const paths = new Map(outcomes.map((outcome) => [outcome, '']));
  for (const { second, features } of target.seconds) {
    const tally = features[feature];
    if (tally === undefined || tally.sent === 0) continue;
    let base = CHART_HEIGHT;
    for (const outcome of outcomes) {
      const height = (tally.outcomes[outcome] / tally.sent) * CHART_HEIGHT;
      if (height === 0) continue;
      base -= height;
      paths.set(outcome, `${paths.get(outcome)}${bar(second, base, height)}`);
    }
  }
  const drawn = [...paths].filter(([, path]) => path !== '');
  const bars = drawn.map(([outcome, path]) => markup`<path class="o-${outcome}" d="${path}"/>`);
  return markup`${bars}${crashMarks(target, axes)}`;
}

/** p50 as a line, the way up to p99 as a band; broken wherever nothing succeeded. */
export function latencyChart(target: TargetResult, feature: Feature, axes: Axes): Markup {
  const runs = unbrokenRuns(target, feature);
  const line = (key: 'latencyMsP50' | 'latencyMsP99') =>
    runs.map((run) => `M${steps(run, key, axes).join('L')}`).join('');
  const band = runs.map((run) => {
    const back = steps(run, 'latencyMsP50', axes).reverse();
    return `M${[...steps(run, 'latencyMsP99', axes), ...back].join('L')}Z`;
  });
  return markup`${decadeLines(axes)}${crashMarks(target, axes)}
<path class="band" d="${band.join('')}"/><path class="p99" d="${line('latencyMsP99')}"/>
<path class="p50" d="${line('latencyMsP50')}"/>`;
}

/** Where a latency stands, 0 at the top. @param ms > 0 */
export function latencyY(ms: number, { fromDecade, toDecade }: Axes): number {
  const ratio = (Math.log10(Math.max(0.001, ms)) - fromDecade) / (toDecade - fromDecade);
  return rounded((1 - ratio) * CHART_HEIGHT);
}

export function chartWidth({ lengthSeconds }: Axes): number {
  return lengthSeconds * UNITS;
}

/** Shaded from died to ready, or to the end of the window if it never came back. */
function crashMarks({ crashes }: TargetResult, axes: Axes): Markup[] {
  return crashes.map((crash) => {
    const from = xOf(crash.diedAtMs ?? crash.orderedAtMs);
    const line = markup`<path class="crash" d="M${from},0V${CHART_HEIGHT}"/>`;
    if (crash.diedAtMs === null) return line;
    const width = rounded(Math.min(xOf(backAtMs(crash)), chartWidth(axes)) - from);
    return markup`<path class="away" d="M${from},0h${width}v${CHART_HEIGHT}h${-width}z"/>${line}`;
  });
}

export function backAtMs(crash: CrashResult): number {
  return crash.readyAtMs ?? crash.windowEndMs;
}

interface Sample {
  readonly second: number;
  readonly latency: NonNullable<Tally['latency']>;
}

/** Seconds with samples, cut wherever one has none. */
function unbrokenRuns({ seconds }: TargetResult, feature: Feature): Sample[][] {
  const runs: Sample[][] = [];
  for (const { second, features } of seconds) {
    const latency = features[feature]?.latency;
    if (!latency) continue;
    const last = runs.at(-1);
    if (last?.at(-1)?.second === second - 1) last.push({ second, latency });
    else runs.push([{ second, latency }]);
  }
  return runs;
}

/** A level stretch a second: a single second between two gaps can still be seen. */
function steps(run: readonly Sample[], key: 'latencyMsP50' | 'latencyMsP99', axes: Axes): string[] {
  return run.flatMap(({ second, latency }) => {
    const y = latencyY(latency[key], axes);
    return [`${second * UNITS},${y}`, `${(second + 1) * UNITS},${y}`];
  });
}

function decadeLines({ fromDecade, toDecade, ...axes }: Axes): Markup[] {
  const decades = Array.from({ length: toDecade - fromDecade + 1 }, (_, at) => fromDecade + at);
  const all = { fromDecade, toDecade, ...axes };
  return decades.map((decade) => {
    const y = latencyY(10 ** decade, all);
    return markup`<path class="grid" d="M0,${y}H${chartWidth(all)}"/>`;
  });
}

function bar(second: number, top: number, height: number): string {
  return `M${second * UNITS},${rounded(top)}h${UNITS - 1}v${rounded(height)}h-${UNITS - 1}z`;
}

function xOf(ms: number): number {
  return rounded((ms / 1000) * UNITS);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((one, other) => Math.min(one, other));
}

function most(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((one, other) => Math.max(one, other));
}
