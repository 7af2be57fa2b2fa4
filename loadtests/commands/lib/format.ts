// commands/lib/format.ts: numbers and tables as the commands print them.
// Pure but for `paint`, which is quiet without a terminal or with NO_COLOR.
import colors from 'picocolors';
import { BYTES_PER_MB } from '../../targets/memory.ts';

export const { bold, dim, green, red, yellow } = colors;

/** 86.4 MB as `86 MB`, of 10⁶ bytes. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / BYTES_PER_MB)} MB`;
}

/** @returns `3.4 s` */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** @returns `1:05` or `2:00:07` */
export function clock(ms: number): string {
  const total = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(total / 3600), Math.floor(total / 60) % 60];
  const rest = two(total % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Pads every column to its widest cell; a name in `right` aligns that column's index right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const cell = (text: string, column: number) =>
    right.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('   ').trimEnd()).join('\n');
}
