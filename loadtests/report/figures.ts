// report/figures.ts: numbers as a person reads them, rounded without ever rounding a fault away.
// Used by all three reports, so that the same figure is the same word in each.

/** Between a number and its unit: they never part at the end of a line. */
export const NBSP = '\u00a0';

/**
 * A share as a percentage. Almost nothing is never shown as nothing, nor almost all as all.
 * @param ratio 0–1
 */
export function percent(ratio: number, digits = 0): string {
  const step = 10 ** -digits;
  const rounded = (ratio * 100).toFixed(digits);
  if (ratio > 0 && Number(rounded) === 0) return `<${step}${NBSP}%`;
  if (ratio < 1 && Number(rounded) === 100) return `>${(100 - step).toFixed(digits)}${NBSP}%`;
  return `${rounded}${NBSP}%`;
}

/** @param ms a stretch of time; from 100 s on the decimals go */
export function seconds(ms: number): string {
  if (ms > 0 && ms < 50) return `<0.1${NBSP}s`;
  return `${(ms / 1000).toFixed(ms < 99_950 ? 1 : 0)}${NBSP}s`;
}

/** A length that was chosen, not measured: no more decimals than it has. */
export function span(ms: number): string {
  return `${decimal(ms / 1000)}${NBSP}s`;
}

/** A latency: three significant digits, always in ms, so that columns can be compared. */
export function milliseconds(ms: number): string {
  if (ms >= 99.95) return `${count(Math.round(ms))}${NBSP}ms`;
  return `${ms.toFixed(ms >= 9.995 ? 1 : 2)}${NBSP}ms`;
}

/** Whole numbers with commas, the same whatever the machine's language. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A rate or another small number: one decimal below 100, none where it would be a zero. */
export function decimal(value: number): string {
  return value < 99.95 ? value.toFixed(1).replace(/\.0$/, '') : count(value);
}

/** Decimal units, as discs and zips are sold: 1 MB is 1,000,000 bytes. */
export function bytes(value: number): string {
  if (value >= 999.95e6) return `${decimal(value / 1e9)}${NBSP}GB`;
  if (value >= 999_500) return `${decimal(value / 1e6)}${NBSP}MB`;
  if (value >= 1000) return `${count(value / 1000)}${NBSP}kB`;
  return `${count(value)}${NBSP}B`;
}

/** How many times the first value the second is; null where that says nothing. */
export function times(first: number, value: number): string | null {
  if (first <= 0 || value <= 0) return null;
  const ratio = value / first;
  return `×${NBSP}${ratio < 9.95 ? ratio.toFixed(1) : count(ratio)}`;
}

/** "1 order", "2 orders". */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}
