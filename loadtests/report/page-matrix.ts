// report/page-matrix.ts: the blast radius as a heat table a shape, and the table of who was killed.
// Used by html.ts. Damage shows as number, depth of colour and length of a bar: never colour alone.
import { features } from '@lab/shared/contract/operation.ts';
import type { ComparisonResult, CrashResult, TargetResult } from '../experiments/result.ts';
import { type Fates, fates, reachSentence, type Touch, touchesOf } from './blast.ts';
import { NBSP } from './figures.ts';
import { type Markup, markup, unseen } from './markup.ts';
import { type Level, levelLook, levels } from './palette.ts';

export function matrices({ targets }: ComparisonResult): Markup {
  return markup`<div class="shapes">${targets.map(matrix)}</div>${legend()}`;
}

function matrix(target: TargetResult): Markup {
  const heads = features.map(
    (feature) => markup`<th scope="col" class="feature"><span>${feature}</span></th>`,
  );
  return markup`<table class="matrix">
    <caption><strong>${target.name}</strong> ${reachSentence(target)}</caption>
    <thead><tr><th scope="col" class="crashed">crashed</th>${heads}</tr></thead>
    <tbody>${target.crashes.map(matrixRow)}</tbody></table>`;
}

function matrixRow(crash: CrashResult): Markup {
  return markup`<tr><th scope="row">${crash.component}</th>${touchesOf(crash).map(matrixCell)}</tr>
`;
}

function matrixCell({ level, ratio, share, duration, sentence, own }: Touch): Markup {
  const classes = `${levelClass(level)}${own ? ' own' : ''}`;
  const width = Math.round((ratio ?? 0) * 100);
  const shown = share === '' ? nothingLost(level) : lost(share, duration);
  return markup`<td class="${classes}" style="--share:${width}%" title="${sentence}">${shown}</td>`;
}

function nothingLost(level: Level): Markup {
  const { symbol, means } = levelLook(level);
  return markup`<i aria-hidden="true">${symbol}</i>${unseen(means)}`;
}

/** On a phone the unit gives way: "100" fits where "100 %" would not. */
function lost(share: string, duration: string): Markup {
  const [figure = '', unit = ''] = share.split(NBSP);
  const hidden = markup`<span class="unit">${NBSP}${unit}</span>`;
  return markup`<b>${figure}${hidden}</b> <small>${duration}</small>`;
}

function legend(): Markup {
  const entries = levels.map((level) => {
    const { symbol, means } = levelLook(level);
    // A coloured level speaks by its colour here, and by its number in the table.
    const sign = level === 0 || level === null ? symbol : '';
    return markup`<li><span class="swatch ${levelClass(level)}" aria-hidden="true">${sign}</span>
      ${means}</li>`;
  });
  return markup`<ul class="legend">${entries}
    <li><span class="swatch own" aria-hidden="true"></span> the crashed feature itself</li></ul>`;
}

function levelClass(level: Level): string {
  return `l${level ?? 'none'}`;
}

/** The lesson: the same fault, and what it took along in each shape. */
export function killedTable(result: ComparisonResult): Markup {
  const heads = result.targets.map(({ name }) => markup`<th scope="col">${name}</th>`);
  const rows = fates(result).map(
    ({
      component,
      byTarget,
    }) => markup`<tr><th scope="row">${component}</th>${byTarget.map(fateCell)}</tr>
`,
  );
  return markup`<table class="killed">
    <thead><tr><th scope="col">crashed</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

function fateCell({ list, absence }: Fates): Markup {
  if (list.length === 0) return markup`<td class="quiet">${absence}</td>`;
  const entries = list.map(
    ({ process, words, touched, bad }) =>
      markup`<div><b>${process}</b>,
        ${bad ? markup`<span class="bad">✗ ${words}</span>` : words}<br><small>${touched}</small></div>`,
  );
  return markup`<td>${entries}</td>`;
}
