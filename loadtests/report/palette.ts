// report/palette.ts: how outcomes and degrees of damage look and what they mean, once for all reports.
// Colours keep apart by lightness too, so they survive colour blindness, a projector and a copier.
import type { Outcome } from '../load/outcome.ts';

export interface OutcomeLook {
  /** In words, for the legend. */
  readonly means: string;
  readonly light: string;
  readonly dark: string;
}

/** Ok is the quiet ground; what hurts the customer most stands out most, on white and on black. */
export const outcomeLooks: Readonly<Record<Outcome, OutcomeLook>> = {
  ok: { means: 'right and in time', light: '#c3d0d5', dark: '#46575f' },
  slow: { means: 'right, but too late', light: '#e6b93d', dark: '#a8841c' },
  degraded: { means: 'a declared fallback', light: '#5aaee0', dark: '#3f86b3' },
  wrong: { means: 'answered, but the content is wrong', light: '#b0479a', dark: '#d77cc4' },
  error: { means: 'the shop said it failed', light: '#d55e00', dark: '#f0803c' },
  refused: { means: 'nobody there to answer', light: '#6b1420', dark: '#ffc9c4' },
  hung: { means: 'no answer before the deadline', light: '#2f2a85', dark: '#b7aef5' },
  dropped: { means: 'never sent: the generator’s own limit', light: '#7a7a7a', dark: '#9a9a9a' },
};

/** Degrees of damage: 0 none, 4 most; null where nothing was asked. */
export type Level = 0 | 1 | 2 | 3 | 4 | null;

export interface LevelLook {
  readonly symbol: string;
  readonly word: string;
}

const levelLooks: Readonly<Record<Exclude<Level, null>, LevelLook>> = {
  0: { symbol: '·', word: 'untouched (at most 1 %, or one request)' },
  1: { symbol: '░', word: 'up to 10 %' },
  2: { symbol: '▒', word: 'up to 33 %' },
  3: { symbol: '▓', word: 'up to 67 %' },
  4: { symbol: '█', word: 'more' },
};

export const levels: readonly Level[] = [0, 1, 2, 3, 4, null];

export function levelLook(level: Level): LevelLook {
  return level === null ? { symbol: '–', word: 'no requests' } : levelLooks[level];
}

/**
 * @param ratio share of requests not ok, 0–1; null without requests
 * @param touched false also where a share is too small to count
 */
export function levelOf(ratio: number | null, touched: boolean): Level {
  if (ratio === null) return null;
  if (!touched) return 0;
  if (ratio <= 0.1) return 1;
  if (ratio <= 0.33) return 2;
  return ratio <= 0.67 ? 3 : 4;
}
