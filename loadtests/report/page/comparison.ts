// report/page/comparison.ts: the opening of a page of several experiments: one verdict line for each.
// Used by page.ts.
import type { LabResult, Status } from '../../lab/result.ts';
import { NBSP, plural } from '../figures.ts';
import { statusLooks, validityLook } from '../looks.ts';
import { type Markup, markup } from '../markup.ts';
import { unbroken } from '../quantity.ts';
import { badge, tally } from './signs.ts';

export function comparisonOpening(results: readonly LabResult[]): Markup {
  const lines = results.map(
    (result, at) => markup`<li><a href="#x${at}"><span class="code">${result.definition.code}</span>
      <span><b>${result.definition.title}</b> ${unbroken(result.evaluation.sentence)}</span></a>
      <span class="signs">${badge(validityLook(result))}
      ${tally(result.evaluation.verdicts)}</span></li>`,
  );
  return markup`<header class="overview"><h1>${comparisonSentence(results)}</h1>
    <ol class="verdict-lines">${lines}</ol></header>`;
}

/** `3 experiments: of 6 predictions 5 held, 1 refuted.` */
export function comparisonSentence(results: readonly LabResult[]): string {
  const verdicts = results.flatMap(({ evaluation }) => evaluation.verdicts);
  const words = (Object.keys(statusLooks) as Status[]).flatMap((status) => {
    const hits = verdicts.filter((verdict) => verdict.status === status).length;
    return hits === 0 ? [] : [`${hits}${NBSP}${statusLooks[status].word.replaceAll(' ', NBSP)}`];
  });
  const broken = results.filter(({ evaluation }) => !evaluation.valid).length;
  const doubt = broken === 0 ? '' : ` ${plural(broken, 'run')} not valid.`;
  const predictions = words.length === 0 ? 'nothing was predicted' : words.join(', ');
  const counted = `${plural(results.length, 'experiment')}: of ${plural(verdicts.length, 'prediction')}`;
  return `${counted} ${predictions}.${doubt}`;
}
