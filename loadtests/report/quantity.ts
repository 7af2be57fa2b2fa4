// report/quantity.ts: a measured value with its unit and its interval, as words.
// Used by the page, its figures and the Markdown twin, so that one figure reads the same in each.
import type { Interval } from '../lab/result.ts';
import { bytes, count, NBSP, percent } from './figures.ts';

/**
 * A value in its unit, to three significant digits. A share of 0–1 has the unit `%` and reads as
 * per cent; `×` follows without a space.
 * @param value null where JSON could not hold it (a division by zero): a dash
 */
export function quantity(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (unit === 'bytes') return value < 0 ? `−${bytes(-value)}` : bytes(value);
  const shown = inUnit(value, unit);
  // A share is never rounded to all or to nothing.
  if (unit === '%' && value >= 0 && value <= 1) {
    return percent(value, Number.isInteger(shown) ? 0 : 1);
  }
  return withUnit(decimals(shown, digitsFor([shown])), unit);
}

/** `0.262 ms (0.255–0.271)`; too few blocks for an interval is said. */
export function withInterval({ value, low, high }: Interval, unit: string): string {
  if (value === null || low === null || high === null) {
    return `${quantity(value, unit)} (no interval)`;
  }
  if (unit === 'bytes') return `${bytes(value)} (${range(low, high, unit)})`;
  const [middle, from, to] = [inUnit(value, unit), inUnit(low, unit), inUnit(high, unit)];
  const digits = digitsFor([middle, from, to], middle);
  return `${withUnit(decimals(middle, digits), unit)} (${dashed(from, to, digits)})`;
}

/** `0.98–1.03 ms`: as many decimals on both sides, the unit once. */
export function range(low: number, high: number, unit: string): string {
  if (unit === 'bytes') return `${quantity(low, unit)}–${quantity(high, unit)}`;
  const [from, to] = [inUnit(low, unit), inUnit(high, unit)];
  return withUnit(dashed(from, to, digitsFor([from, to], Math.max(-from, to))), unit);
}

/** What was predicted, no more decimals than it has: one number where both are alike; nothing, both open. */
export function bounds(low: number | null, high: number | null, unit: string): string {
  const ends = [low, high === low ? null : high].flatMap((end) =>
    end === null ? [] : tickWord(end, unit),
  );
  const isOpen = (low === null) !== (high === null);
  const sign = !isOpen ? '' : low === null ? `≤${NBSP}` : `≥${NBSP}`;
  if (ends.length === 0) return '';
  return `${sign}${withUnit(ends.join('–'), unit === 'bytes' ? '' : unit)}`;
}

/** No line ends between a number and its unit. */
export function unbroken(text: string): string {
  return text.replace(/(\d) (?=(?:%|[µmn]?s|rps|[kMG]?B)(?!\p{L}))/gu, `$1${NBSP}`);
}

/** A round number, without its unit unless that depends on the size. */
export function tickWord(value: number, unit: string): string {
  if (value < 0) return `−${tickWord(-value, unit)}`;
  if (unit === 'bytes') return bytes(value);
  const short = Number(inUnit(value, unit).toPrecision(3));
  return short >= 1000 ? count(short) : String(short);
}

/** `latency, ms`; bytes stand at every tick already. */
export function axisWords({ label, unit }: { label: string; unit: string }): string {
  return unit === '' || unit === 'bytes' ? label : `${label}, ${unit}`;
}

function dashed(low: number, high: number, digits: number): string {
  const [from, to] = [decimals(low, digits), decimals(high, digits)];
  if (from === to) return from;
  return low < 0 || high < 0 ? `${from} to ${to}` : `${from}–${to}`;
}

/** Decimals that leave the leading number three digits; whole numbers among themselves need none. */
function digitsFor(values: readonly number[], leading = values[0] ?? 0): number {
  if (values.every((value) => Number.isInteger(value))) return 0;
  const size = Math.abs(leading);
  if (size === 0) return 2;
  return Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(size * 1.0005))));
}

function decimals(value: number, digits: number): string {
  if (value < 0) return `−${decimals(-value, digits)}`;
  return digits === 0 ? count(value) : value.toFixed(digits);
}

function withUnit(word: string, unit: string): string {
  if (unit === '×') return `${word}×`;
  return unit === '' ? word : `${word}${NBSP}${unit}`;
}

function inUnit(value: number, unit: string): number {
  return unit === '%' ? value * 100 : value;
}
