// report/figures/outcome-bars.ts: what became of each step's requests, as stacked shares.
// Used by timelines.ts.
import type { TimelineStep } from '../../lab/figure.ts';
import { outcomes } from '../../load/outcome.ts';
import { isUseful } from '../../load/tally.ts';
import { count } from '../figures.ts';
import { type Markup, markup } from '../markup.ts';
import { PANEL_HEIGHT, STEP_UNITS, type TimeAxes, unitsOf } from './time-axis.ts';

/** Good ones below; a step without requests stays empty. */
export function outcomeBars(steps: readonly TimelineStep[], axes: TimeAxes): Markup[] {
  const paths = new Map(outcomes.map((outcome) => [outcome, '']));
  for (const { atMs, outcomes: counts } of steps) {
    const sent = sum(Object.values(counts));
    let base = PANEL_HEIGHT;
    for (const outcome of outcomes) {
      const height = sent === 0 ? 0 : (counts[outcome] / sent) * PANEL_HEIGHT;
      if (height === 0) continue;
      base -= height;
      paths.set(outcome, `${paths.get(outcome)}${bar(unitsOf(atMs, axes), base, height)}`);
    }
  }
  const drawn = [...paths].filter(([, path]) => path !== '');
  return drawn.map(([outcome, path]) => markup`<path class="o-${outcome}" d="${path}"/>`);
}

/** `312 of 1,200 lost`: those that gave the customer nothing to go on with. */
export function lostWords(steps: readonly TimelineStep[]): string {
  const sent = sum(steps.flatMap((step) => Object.values(step.outcomes)));
  if (sent === 0) return 'no requests';
  const useless = outcomes.filter((outcome) => !isUseful(outcome));
  const lost = sum(steps.flatMap((step) => useless.map((outcome) => step.outcomes[outcome])));
  return lost === 0 ? `all ${count(sent)} answered` : `${count(lost)} of ${count(sent)} lost`;
}

function bar(left: number, top: number, height: number): string {
  // A sliver between two bars lets the eye count the steps.
  return `M${left},${rounded(top)}h${STEP_UNITS - 1}v${rounded(height)}h-${STEP_UNITS - 1}z`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
