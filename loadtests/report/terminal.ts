// report/terminal.ts: what a class sees at the end of `npm run compare`: the verdict, then why.
// Called by the command with the terminal's width; pure, so that a test can read it.
import { createColors } from 'picocolors';
import type { ComparisonResult, OrdersResult, TargetResult } from '../experiments/result.ts';
import { doubts, ordersHold, reachSentence } from './blast.ts';
import { NBSP, plural, span } from './figures.ts';
import { levelLook, levels } from './palette.ts';
import { type Colors, matrixLines } from './terminal-matrix.ts';
import { fateLines, scoreLines } from './terminal-tables.ts';
import { plain, wrapped } from './text-table.ts';

export interface TerminalOptions {
  /** Width in characters; below 40 it is taken as 40. */
  readonly columns: number;
  /** Whether to use colour; pass picocolors' isColorSupported to respect NO_COLOR. */
  readonly colour: boolean;
  /** Paths of what was written, printed last and never broken, so that they can be clicked. */
  readonly files?: readonly string[];
}

/** @returns lines no wider than the terminal, the last one ended; paths alone may be wider */
export function terminalReport(result: ComparisonResult, options: TerminalOptions): string {
  const colors = createColors(options.colour);
  const columns = Math.max(40, options.columns);
  const sections = [
    doubtLines(result, columns, colors),
    wrapped(plain(result.sentence), columns).map(colors.bold),
    findingLines(result, columns, colors),
    ...result.targets.map((target) => targetLines(result, target, columns, colors)),
    wrapped(legend(), columns).map(colors.dim),
    fateLines(result, columns, colors),
    scoreLines(result, columns, colors),
    result.targets.flatMap((target) => orderLines(target, columns, colors)),
    (options.files ?? []).map((file, index) => `${index === 0 ? 'Files' : '     '} ${file}`),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  const text = filled.map((lines) => lines.join('\n')).join('\n\n');
  // A terminal does not reflow; plain spaces can be searched and copied.
  return `\n${text.replaceAll(NBSP, ' ')}\n`;
}

function doubtLines(result: ComparisonResult, columns: number, colors: Colors): string[] {
  const reasons = doubts(result);
  if (reasons.length === 0) return [];
  const lines = [
    ...wrapped('✗ THIS RUN IS NOT VALID. Do not quote its numbers.', columns, 2),
    ...reasons.flatMap((reason) => wrapped(`✗ ${plain(reason)}`, columns, 2)),
  ];
  return lines.map((line) => colors.bold(colors.red(line)));
}

function findingLines({ findings }: ComparisonResult, columns: number, colors: Colors): string[] {
  return findings.flatMap(({ prediction, measured, held }) => {
    const text = `${held ? '✓' : '✗'} ${plain(prediction)} — ${plain(measured)}`;
    return wrapped(text, columns, 2).map(held ? colors.green : colors.red);
  });
}

function targetLines(
  { config }: ComparisonResult,
  target: TargetResult,
  columns: number,
  colors: Colors,
): string[] {
  const what = `requests not ok in the ${span(config.holdMs)} after a crash, and for how long`;
  return [
    ...wrapped(`${plain(target.name).toUpperCase()}: ${what}`, columns).map(colors.bold),
    ...matrixLines(target, columns, colors),
    ...wrapped(reachSentence(target), columns).map(colors.dim),
  ];
}

function legend(): string {
  const entries = levels.map(levelLook).map(({ symbol, means }) => `${symbol} ${means}`);
  return entries.join('   ');
}

function orderLines({ name, orders }: TargetResult, columns: number, colors: Colors): string[] {
  const text = `${plain(name)}: ${plain(ordersSentence(orders))}`;
  return ordersHold(orders)
    ? wrapped(`✓ ${text}`, columns, 2).map(colors.green)
    : wrapped(`✗ ${text}`, columns, 2).map(colors.red);
}

function ordersSentence({ acknowledged, lost, halfDone, problems }: OrdersResult): string {
  const facts = `${plural(acknowledged, 'order')} acknowledged, ${lost} lost, ${halfDone} half done.`;
  return [facts, ...problems].join(' ');
}
