// report/figures/scale.ts: where a value stands between two ends, and the round values to write there.
// Used by the figures that have an axis; positions are per cent of the way, so drawings can stretch.
import type { Axis } from '../../lab/figure.ts';

export interface Scale {
  /** 0 at the low end, 100 at the high one, clamped; null where a log axis has no place for it. */
  at(value: number): number | null;
  readonly ticks: readonly number[];
}

/**
 * Holds all values and ends on round ones. A linear axis starts at 0 unless that would squeeze the
 * values into its upper half.
 */
export function scaleOf({ log }: Pick<Axis, 'log'>, values: readonly number[], most = 6): Scale {
  return log === true ? logScale(values, most) : linearScale(values, most);
}

/** Ends where told, with no more than `most` round ticks between. */
export function exactScale(low: number, high: number, most: number): Scale {
  const step = stepOf(high - low || 1, most);
  const first = Math.ceil(low / step);
  return {
    at: (value) => placed((value - low) / (high - low || 1)),
    ticks: multiples(step, first, Math.floor(high / step)),
  };
}

function linearScale(values: readonly number[], most: number): Scale {
  const [least, greatest] = extent(values) ?? [0, 1];
  const low = least >= 0 && least <= greatest / 2 ? 0 : least;
  // Values that differ by rounding alone are one value.
  const apart = greatest - low > Math.abs(greatest) * 1e-6;
  const high = apart ? greatest : low + Math.max(1, Math.abs(low) / 2);
  const step = stepOf(high - low, most - 1);
  const ticks = multiples(step, Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9));
  const [from = 0, to = 1] = [ticks[0], ticks.at(-1)];
  return { at: (value) => placed((value - from) / (to - from)), ticks };
}

function logScale(values: readonly number[], most: number): Scale {
  const [least, greatest] = extent(values.filter((value) => value > 0)) ?? [1, 10];
  const all = roundNumbers([1, 2, 5]);
  const from = all.findLast((value) => value <= least * (1 + 1e-9)) ?? least;
  const to = all.find((value) => value >= greatest * (1 - 1e-9) && value > from) ?? greatest;
  const sets = [[1, 2, 5], [1, 3], [1]].map((digits) =>
    roundNumbers(digits).filter((value) => value >= from && value <= to),
  );
  const length = Math.log(to / from);
  return {
    at: (value) => (value > 0 ? placed(Math.log(value / from) / length) : null),
    ticks: sets.find((ticks) => ticks.length <= most) ?? thinned(sets[2] ?? [], most),
  };
}

/** 1, 2 or 5 times a power of ten. */
function stepOf(span: number, most: number): number {
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((size) => size * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

// Times a whole number, then rounded: adding 0.1 three times would print 0.30000000000000004.
function multiples(step: number, first: number, last: number): number[] {
  const length = Math.max(1, last - first + 1);
  return Array.from({ length }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** From the smallest to the greatest that a lab could meet. */
function roundNumbers(digits: readonly number[]): number[] {
  const powers = Array.from({ length: 40 }, (_, at) => at - 20);
  return powers.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)));
}

function thinned(ticks: readonly number[], most: number): number[] {
  const every = Math.ceil((ticks.length - 1) / Math.max(1, most - 1));
  return ticks.filter((_, at) => every <= 1 || at % every === 0);
}

function extent(values: readonly number[]): [number, number] | undefined {
  if (values.length === 0) return undefined;
  return [
    values.reduce((one, other) => Math.min(one, other)),
    values.reduce((one, other) => Math.max(one, other)),
  ];
}

function placed(ratio: number): number {
  return Math.round(Math.min(1, Math.max(0, ratio)) * 10_000) / 100;
}
