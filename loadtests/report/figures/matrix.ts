// report/figures/matrix.ts: who was hit by what, as a table whose cells are shaded by degree.
// Used by draw-figure.ts. Damage shows as text, length of a bar and depth of colour: never colour alone.
import type { MatrixCell, MatrixFigure } from '../../lab/figure.ts';
import { NBSP } from '../figures.ts';
import { type Markup, markup, unseen } from '../markup.ts';
import { levelLook, levels } from '../palette.ts';

export function matrixDrawing(figure: MatrixFigure): Markup {
  const tables = figure.groups.map((group) => groupTable(group, figure.columns));
  return markup`${legend(figure)}<div class="groups">${tables}</div>`;
}

function groupTable(
  { title, rows }: MatrixFigure['groups'][number],
  columns: readonly string[],
): Markup {
  const heads = columns.map(
    (column) => markup`<th scope="col" class="feature"><span>${column}</span></th>`,
  );
  const body = rows.map(
    ({ label, cells }) => markup`<tr><th scope="row">${label}</th>${cells.map(cell)}</tr>
`,
  );
  return markup`<table class="matrix"><caption>${title}</caption>
    <thead><tr><td class="names"></td>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

function cell({ text, level, own, note, counted }: MatrixCell): Markup {
  const { symbol, word } = levelLook(level);
  const plain = text === '' || text === symbol;
  const sign = plain
    ? markup`<i aria-hidden="true">${symbol}</i>${unseen(word)}`
    : markup`<b>${shortOnPhones(text)}</b>${unseen(`, ${word}`)}`;
  const small = note === undefined || note === '' ? null : markup`<small>${note}</small>`;
  const ours = own === true ? ' own' : '';
  const told = counted === undefined ? word : `${word}: ${counted}`;
  return markup`<td class="l${level ?? 'none'}${ours}" title="${told}">${sign}${small}</td>`;
}

/** `65` fits where `65 %` would not; the style sheet hides the sign. */
function shortOnPhones(text: string): Markup {
  const share = /^(.*\d)\s?%$/.exec(text)?.[1];
  if (share === undefined) return markup`${text}`;
  return markup`${share}<span class="unit">${NBSP}%</span>`;
}

/** Only the degrees that occur. */
function legend({ groups }: MatrixFigure): Markup {
  const cells = groups.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const entries = levels
    .filter((level) => cells.some((one) => one.level === level))
    .map((level) => {
      const { symbol, word } = levelLook(level);
      const sign = level === 0 || level === null ? symbol : '';
      return markup`<li><span class="swatch l${level ?? 'none'}" aria-hidden="true">${sign}</span>
        ${word}</li>`;
    });
  const own = cells.some((one) => one.own === true)
    ? markup`<li><span class="swatch own" aria-hidden="true"></span>
      framed: given the fault itself</li>`
    : null;
  return markup`<ul class="legend">${entries}${own}</ul>`;
}
