// report/looks.ts: how verdicts, claims and series look and what they are called.
// Used by the page and its twin: a sign and a word stand beside every colour.
import type { Effect, LabResult, Status } from '../lab/result.ts';

export interface Look {
  readonly symbol: string;
  readonly word: string;
  /** Class of the style sheet. */
  readonly tone: 'good' | 'bad' | 'open' | 'quiet';
}

export const statusLooks: Readonly<Record<Status, Look>> = {
  held: { symbol: '✓', word: 'held', tone: 'good' },
  refuted: { symbol: '✗', word: 'refuted', tone: 'bad' },
  inconclusive: { symbol: '?', word: 'inconclusive', tone: 'open' },
  'not applicable': { symbol: '–', word: 'not applicable', tone: 'quiet' },
};

/** Whether the run may be quoted. */
export function validityLook({ partial, evaluation }: LabResult): Look {
  if (!evaluation.valid) return { symbol: '✗', word: 'not valid', tone: 'bad' };
  if (partial) return { symbol: '◐', word: 'partial', tone: 'open' };
  return { symbol: '✓', word: 'valid', tone: 'good' };
}

/** A claim, and whether that is welcome where the metric has a good side. */
export function claimLook({ claim, metric }: Effect, { definition }: LabResult): Look {
  if (claim === 'no difference shown') return { symbol: '=', word: claim, tone: 'quiet' };
  if (claim === 'not judged') return { symbol: '·', word: claim, tone: 'quiet' };
  const symbol = claim === 'higher' ? '▲' : '▼';
  const better = definition.metrics[metric]?.better ?? 'neither';
  if (better === 'neither') return { symbol, word: claim, tone: 'open' };
  const good = better === claim;
  return { symbol, word: `${claim}: ${good ? 'better' : 'worse'}`, tone: good ? 'good' : 'bad' };
}

/** Told apart by lightness and by their marks too; on white, then on black. */
export const seriesColours: readonly (readonly [light: string, dark: string])[] = [
  ['#0b5fa5', '#6db7ff'],
  ['#c2410c', '#ff9466'],
  ['#00775a', '#4fd1a5'],
  ['#7a2fb8', '#cda6ff'],
  ['#6f5600', '#e3c552'],
  ['#a3195b', '#ff8fc0'],
];

/** Outlines around 0,0 in px, one a colour. */
export const markPaths: readonly string[] = [
  'M-5,0a5,5 0 1 0 10,0a5,5 0 1 0 -10,0z',
  'M-4.5,-4.5h9v9h-9z',
  'M0,-6L5.5,4h-11z',
  'M0,-6.2L6.2,0L0,6.2L-6.2,0z',
  'M0,6L5.5,-4h-11z',
  'M-5.5,-2h3.5v-3.5h4v3.5h3.5v4h-3.5v3.5h-4v-3.5h-3.5z',
];
