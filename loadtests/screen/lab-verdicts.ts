// screen/lab-verdicts.ts: what a person reads when experiments are over: the verdict, then why.
// Pure; called by commands/lab/run.ts and report.ts with the width of the terminal.
import { createColors } from 'picocolors';
import { exitCodeOf, exitMeanings } from '../commands/lab/exit-code.ts';
import type { LabResult, Status, Verdict } from '../lab/result.ts';
import { effectLines } from './effect-lines.ts';
import { figureLines } from './figure-lines.ts';
import { type Colors, type Page, paragraph } from './page.ts';
import { plain, type TextCell, tableLines, tableWidth, wrapped } from './text-table.ts';

export interface VerdictOptions {
  readonly colours: boolean;
  /** Width of the terminal in characters; below 40 it is taken as 40. */
  readonly columns: number;
  /** One sentence for each experiment that came to no result. */
  readonly failures?: readonly string[];
}

/**
 * @param files paths of what was written, printed last and never broken, so that they can be clicked
 * @returns lines of at most 80 columns, wider tables as wide as the terminal; the last one ended
 */
export function verdictText(
  results: readonly LabResult[],
  files: readonly string[],
  { colours, columns, failures = [] }: VerdictOptions,
): string {
  const most = Math.max(40, columns);
  const page: Page = {
    colors: createColors(colours),
    columns: Math.min(80, most),
    mostColumns: most,
  };
  const code = exitCodeOf(results, failures);
  const sections = [
    ...results.flatMap((result) => resultSections(result, page)),
    failures.flatMap((failure) => paragraph(`✗ ${failure}`, page, loud(page.colors))),
    files.map((file, index) => `${index === 0 ? 'Files' : '     '}  ${plain(file)}`),
    wrapped(`Exit code ${code}: ${exitMeanings[code]}.`, page.columns, 2).map(page.colors.dim),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `\n${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function resultSections(result: LabResult, page: Page): string[][] {
  const { definition, evaluation } = result;
  return [
    [
      ...paragraph(evaluation.sentence, page, page.colors.bold),
      ...paragraph(`${definition.code} ${definition.title}`, page, page.colors.dim),
      ...validityLines(result, page),
    ],
    verdictLines(evaluation.verdicts, page),
    effectLines(result, page),
    ...result.figures.map((figure) => figureLines(figure, page)),
  ];
}

function validityLines({ evaluation, partial }: LabResult, page: Page): string[] {
  const { valid, accepted, discarded, reasons } = evaluation;
  const { colors } = page;
  const blocks = `${accepted} block${accepted === 1 ? '' : 's'} accepted, ${discarded} discarded`;
  const first = valid
    ? paragraph(`✓ valid: ${blocks}`, page, colors.green)
    : paragraph(`✗ NOT VALID, do not quote its numbers: ${blocks}`, page, loud(colors));
  const stopped = partial ? '~ PARTIAL: stopped before the end; this is what was measured' : '';
  const paint = valid ? colors.dim : loud(colors);
  return [
    ...first,
    ...(stopped === '' ? [] : paragraph(stopped, page, colors.yellow)),
    ...reasons.flatMap((reason) => paragraph(`  ${reason}`, page, paint)),
  ];
}

function loud(colors: Colors): (text: string) => string {
  return (text) => colors.bold(colors.red(text));
}

const symbols: Readonly<Record<Status, string>> = {
  held: '✓',
  refuted: '✗',
  inconclusive: '~',
  'not applicable': '·',
};

/** One line a verdict where that fits, else the prediction on top and the numbers below it. */
function verdictLines(verdicts: readonly Verdict[], page: Page): string[] {
  const rows = verdicts.map((verdict) => rowOf(verdict, page.colors));
  if (tableWidth(rows) <= page.columns) return tableLines(rows);
  return verdicts.flatMap((verdict) => {
    const [head = '', text = '', ...numbers] = rowOf(verdict, page.colors).map((cell) => cell.text);
    const below = numbers.filter(Boolean).join('   ');
    const paint = paintOf(verdict, page.colors);
    return [
      ...wrapped(`${head}  ${text}`, page.columns, 4).map(paint),
      ...(below === '' ? [] : wrapped(`    ${below}`, page.columns, 4)),
    ];
  });
}

function rowOf(verdict: Verdict, colors: Colors): TextCell[] {
  const { status, text, predicted, measured, invariant } = verdict;
  const broke = invariant && status === 'refuted';
  const word = broke ? 'BROKEN' : status;
  const paint = paintOf(verdict, colors);
  return [
    { text: `${symbols[status]} ${word}`, paint },
    { text: `${plain(text)}${invariant ? ' (invariant)' : ''}`, paint },
    { text: plain(predicted) },
    { text: plain(measured) },
  ];
}

function paintOf({ status, invariant }: Verdict, colors: Colors): (text: string) => string {
  if (status === 'held') return colors.green;
  if (status === 'refuted') return invariant ? loud(colors) : colors.red;
  return status === 'inconclusive' ? colors.yellow : colors.dim;
}
