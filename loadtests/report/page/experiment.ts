// report/page/experiment.ts: all that is said of one experiment, verdict first, doubts last.
// Used by page.ts, once or for each experiment of a comparison.
import type { LabResult } from '../../lab/result.ts';
import { drawFigure } from '../figures/draw-figure.ts';
import { plural } from '../figures.ts';
import { validityLook } from '../looks.ts';
import { type Markup, markup } from '../markup.ts';
import { unbroken } from '../quantity.ts';
import { blocksPart } from './blocks.ts';
import { bindingsPart, fairnessPart } from './conditions.ts';
import { conditionsList } from './environment.ts';
import { badge, tally } from './signs.ts';
import { effectsPart, summariesPart, verdictsPart } from './verdicts.ts';

export interface Place {
  /** From 0, on the page. */
  readonly at: number;
  /** The only one of the page: its sentence is the page's title. */
  readonly alone: boolean;
}

export function experimentSection(result: LabResult, { at, alone }: Place): Markup {
  const { definition, figures } = result;
  const drawn = figures.map((figure, of) => drawFigure(figure, `x${at}-f${of}`));
  const limits = definition.doesNotShow.map((limit) => markup`<li>${limit}</li>`);
  return markup`<article id="x${at}">${opening(result, alone)}
    ${predictionPart(result)}${verdictsPart(result)}${effectsPart(result)}
    ${figures.length === 0 ? null : markup`<section><h2>What was measured</h2>${drawn}</section>`}
    ${bindingsPart(result)}
    <section><h2>What this does not show</h2><ul class="notes">${limits}</ul></section>
    <section><h2>How far to trust it</h2>${fairnessPart(result)}${blocksPart(result)}
    ${summariesPart(result)}</section>
    <section><h2>Repeat it</h2><pre><code>${result.command}</code></pre>
    ${conditionsList(result)}</section>
    </article>`;
}

function opening(result: LabResult, alone: boolean): Markup {
  const { definition, evaluation, startedAt, config } = result;
  const sentence = alone
    ? markup`<h1>${unbroken(evaluation.sentence)}</h1>`
    : markup`<h1 class="second">${unbroken(evaluation.sentence)}</h1>`;
  const [day = '', clock = ''] = startedAt.split(/[T.]/);
  const facts = [
    config.targets.join(' · '),
    config.platform === 'compose' ? 'in containers, on PostgreSQL' : '',
    `${plural(evaluation.accepted, 'block')} counted`,
    `${day} ${clock.slice(0, 5)} UTC`,
  ].filter((fact) => fact !== '');
  return markup`<header><p class="over">
    <span class="code">${definition.code}</span> ${definition.title}</p>
    ${evaluation.valid ? null : alarm(result)}${sentence}
    <p class="signs">${badge(validityLook(result))}${tally(evaluation.verdicts)}</p>
    ${evaluation.valid ? bearInMind(result) : null}
    <p class="question">${definition.question}</p>
    <p class="facts">${facts.join(' — ')}</p></header>`;
}

function alarm({ evaluation, partial }: LabResult): Markup {
  const reasons = evaluation.reasons.map((reason) => markup`<li>${reason}</li>`);
  const half = partial ? markup`<li>It was stopped half way.</li>` : null;
  return markup`<div class="alarm" role="alert"><p><strong>✗ This run is not valid</strong>
    Do not quote its numbers:</p><ul>${reasons}${half}</ul></div>`;
}

function bearInMind({ evaluation, partial }: LabResult): Markup | null {
  const half = partial ? ['Stopped half way: only what was measured until then is here.'] : [];
  const all = [...half, ...evaluation.reasons];
  if (all.length === 0) return null;
  return markup`<ul class="notes bear">${all.map((reason) => markup`<li>${reason}</li>`)}</ul>`;
}

function predictionPart({ definition }: LabResult): Markup {
  const { prediction, formula, varies, measures, control, refutedBy } = definition;
  const facts = [
    ['Varied', varies.join('; ')],
    ['Measured', measures.join('; ')],
    ['Control', control],
    ['Refuted if', refutedBy],
  ] as const;
  return markup`<section><h2>What was predicted</h2><p class="prediction">${prediction}</p>
    ${formula === undefined ? null : markup`<p class="formula">${formula}</p>`}
    <dl>${facts.map(([term, fact]) => markup`<dt>${term}</dt><dd>${fact}</dd>`)}</dl></section>`;
}
