// screen/effect-lines.ts: the differences that are claimed, each with its interval and the A/A band.
// Used by lab-verdicts.ts.
import type { Effect, Interval, LabResult } from '../lab/result.ts';
import { amount, byChance, range } from '../lab/words.ts';
import { type Page, paragraph } from './page.ts';
import { plain, wrapped } from './text-table.ts';

/** Of effects that are not claimed only the number is told: whoever reads one, claims it. */
export function effectLines({ definition, evaluation }: LabResult, page: Page): string[] {
  const { effects } = evaluation;
  const claimed = effects.filter(({ claim }) => claim === 'higher' || claim === 'lower');
  const others = effects.filter(({ claim }) => claim === 'no difference shown').length;
  const rest = `No difference shown in ${others} other comparison${others === 1 ? '' : 's'}.`;
  const chance = byChance(effects);
  return [
    ...claimed.flatMap((effect) =>
      linesOf(effect, definition.metrics[effect.metric]?.label ?? effect.metric, page),
    ),
    ...(others === 0 ? [] : paragraph(rest, page, page.colors.dim)),
    ...(chance === '' ? [] : paragraph(chance, page, page.colors.dim)),
  ];
}

/** What is claimed, and below it the numbers that it rests on. */
function linesOf(effect: Effect, label: string, page: Page): string[] {
  const { arm, versus, ratio, aa, claim } = effect;
  const band =
    aa === null ? 'no A/A band' : `A/A band ${intervalText(aa) ?? amount(aa.value, '×')}`;
  const numbers = `${amount(ratio.value, '×')} (${intervalText(ratio) ?? 'no interval'})   ${band}`;
  return [
    ...paragraph(`${label} is ${claim}: ${arm} ÷ ${versus}`, page, page.colors.bold),
    ...wrapped(`    ${plain(numbers)}`, page.columns, 4),
  ];
}

/** `1.9 to 2.4×`; undefined where there are too few blocks for one. */
function intervalText({ low, high }: Interval): string | undefined {
  return low === null || high === null ? undefined : range(low, high, '×');
}
