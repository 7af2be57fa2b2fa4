// report/page/verdicts.ts: predictions beside measurements, effects beside noise, the figures of each arm.
// Used by experiment.ts; all of it was computed before, nothing is judged here.
import type { LabResult, Verdict } from '../../lab/result.ts';
import { byChance } from '../../lab/words.ts';
import { tableOf } from '../figures/table.ts';
import { claimLook, statusLooks } from '../looks.ts';
import { type Markup, markup } from '../markup.ts';
import { range, unbroken, withInterval } from '../quantity.ts';
import { sign } from './signs.ts';

export function verdictsPart({ evaluation: { verdicts } }: LabResult): Markup | null {
  if (verdicts.length === 0) return null;
  return markup`<section><h2>Did it hold?</h2><table class="verdicts">
    <thead><tr><th scope="col">Prediction</th><th scope="col">Bounds</th>
    <th scope="col">Measured</th><th scope="col">Verdict</th></tr></thead>
    <tbody>${verdicts.map(verdictRow)}</tbody></table></section>`;
}

function verdictRow({ text, predicted, measured, status, invariant }: Verdict): Markup {
  const look = statusLooks[status];
  const must = invariant ? markup` <small class="must">must hold</small>` : null;
  const word = invariant && status === 'refuted' ? 'broken: a fault of the shop' : look.word;
  return markup`<tr class="${look.tone}"><th scope="row">${unbroken(text)}${must}</th>
    <td class="given">${unbroken(predicted)}</td>
    <td class="given">${measured === '' ? '–' : unbroken(measured)}</td>
    <td>${sign({ ...look, word })}</td></tr>
`;
}

export function effectsPart(result: LabResult): Markup | null {
  const { effects } = result.evaluation;
  if (effects.length === 0) return null;
  const rows = effects.map((effect) => [
    result.definition.metrics[effect.metric]?.label ?? effect.metric,
    `${effect.arm} ÷ ${effect.versus}`,
    `× ${withInterval(effect.ratio, '')}`,
    effect.aa === null || effect.aa.low === null || effect.aa.high === null
      ? '–'
      : range(effect.aa.low, effect.aa.high, ''),
    sign(claimLook(effect, result)),
  ]);
  const head = ['Metric', 'Arms', 'Ratio', 'Noise (A/A)', 'Claim'];
  const table = tableOf({ label: 'Effects', head, rows, kind: 'effects' });
  // A long list of numbers from which nothing follows must not stand before what can be seen.
  if (effects.every(({ ratio }) => ratio.low === null))
    return markup`<details><summary>How large is the difference? Too few blocks to tell</summary>
      ${table}</details>`;
  return markup`<section><h2>How large is the difference?</h2>
    <p class="caption">Median of the ratios block by block, with its interval. A difference is claimed
    only where the interval leaves out 1 and lies outside the noise: the ratio of one target to its
    twin. ${byChance(effects)}</p>${table}</section>`;
}

/** Median and interval of every metric in every arm, folded away. */
export function summariesPart({ definition, evaluation }: LabResult): Markup | null {
  const { summaries } = evaluation;
  if (summaries.length === 0) return null;
  const arms = [...new Set(summaries.map(({ arm }) => arm))];
  const metrics = [...new Set(summaries.map(({ metric }) => metric))];
  const rows = metrics.map((metric) => {
    const { label = metric, unit = '' } = definition.metrics[metric] ?? {};
    const cells = arms.map((arm) => {
      const found = summaries.find((one) => one.arm === arm && one.metric === metric);
      return found === undefined ? '–' : withInterval(found, unit);
    });
    return [label, ...cells];
  });
  const table = tableOf({ label: 'Every arm', head: ['Median', ...arms], rows, kind: 'dense' });
  return markup`<details><summary>Every metric of every arm</summary>${table}</details>`;
}
