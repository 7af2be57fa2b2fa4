// report/terminal-matrix.ts: the blast-radius matrix of one shape as lines of text.
// Used by terminal.ts; takes the roomiest of three layouts that fits the terminal.
import { features } from '@lab/shared/contract/operation.ts';
import type { createColors } from 'picocolors';
import type { CrashResult, TargetResult } from '../experiments/result.ts';
import { type Touch, touchesOf } from './blast.ts';
import { type Level, levelLook } from './palette.ts';
import { plain, type TextCell, tableLines, tableWidth, wrapped } from './text-table.ts';

export type Colors = ReturnType<typeof createColors>;

/** @returns lines of at most `columns` characters, colour escapes aside */
export function matrixLines(target: TargetResult, columns: number, colors: Colors): string[] {
  const header: TextCell[] = ['crashed', ...features].map((text) => ({ text, paint: colors.dim }));
  const oneLine = [header, ...target.crashes.map((crash) => wideRow(crash, colors))];
  if (tableWidth(oneLine) <= columns) return tableLines(oneLine);
  const twoLines = [header, ...target.crashes.flatMap((crash) => tallRow(crash, colors))];
  if (tableWidth(twoLines) <= columns) return tableLines(twoLines);
  return target.crashes.flatMap((crash) => wrapped(sentenceOf(crash), columns, 2));
}

/** `▓ 38 %  1.2 s` */
function wideRow(crash: CrashResult, colors: Colors): TextCell[] {
  const cells = touchesOf(crash).map((touch) =>
    painted(touch, [symbolAndShare(touch), touch.duration].join(' ').trimEnd(), colors),
  );
  return [{ text: plain(crash.component) }, ...cells];
}

/** The share above, the duration below it. */
function tallRow(crash: CrashResult, colors: Colors): TextCell[][] {
  const touches = touchesOf(crash);
  const above = touches.map((touch) => painted(touch, symbolAndShare(touch), colors));
  const below = touches.map((touch) =>
    painted(touch, touch.duration === '' ? '' : `  ${touch.duration.padStart(5)}`, colors),
  );
  const rows = [[{ text: plain(crash.component) }, ...above]];
  return below.some(({ text }) => text !== '') ? [...rows, [{ text: '' }, ...below]] : rows;
}

function sentenceOf(crash: CrashResult): string {
  const hit = touchesOf(crash).filter(({ level }) => level !== null && level > 0);
  const words = hit.map((touch) => `${touch.feature} ${symbolAndShare(touch)} ${touch.duration}`);
  return `${plain(crash.component)}: ${words.join(', ') || 'touched nothing'}`;
}

function symbolAndShare({ level, share }: Touch): string {
  const { symbol } = levelLook(level);
  return share === '' ? symbol : `${symbol} ${share.padStart(5)}`;
}

function painted(touch: Touch, text: string, colors: Colors): TextCell {
  const paint = paintOf(touch.level, colors);
  return { text, paint: (padded) => (touch.own ? colors.bold(paint(padded)) : paint(padded)) };
}

function paintOf(level: Level, colors: Colors): (text: string) => string {
  if (level === null || level === 0) return colors.dim;
  return level >= 3 ? colors.red : colors.yellow;
}
