// experiments/blast-radius/cells.ts: the rows of one trial as the metrics of one sample.
// Called by blast-radius.ts after each run of load; pure.
import type { Feature } from '@lab/shared/contract/operation.ts';
import { type Around, rowsAround, type Span } from '../../lab/around.ts';
import {
  isLost,
  type Losses,
  lossesOf,
  outageOf,
  surprisesOf,
  touchedOf,
} from '../../lab/losses.ts';
import type { Sample } from '../../lab/result.ts';
import type { Trial } from '../../lab/trial.ts';
import type { Row } from '../../load/results.ts';
import { nextLookMs } from '../../targets/readiness.ts';
import type { BlowPlan } from './blows.ts';

/** What the figures need of a trial, beside its metrics. */
export interface TrialDetail extends Around {
  readonly target: string;
  readonly blow: string;
  readonly byFeature: Losses;
  /** Undefined where chance decides. */
  readonly predicted: readonly Feature[] | undefined;
}

/** One blow as it was dealt: the sample is kept under `target: blow`. */
export interface Dealt {
  readonly target: string;
  readonly blow: BlowPlan;
  readonly predicted: readonly Feature[] | undefined;
  readonly trial: Trial;
  /** What is counted, from the strike on: the same for all, or shares would not compare. */
  readonly windowMs: number;
}

/** What is drawn: from a little before the blow to a while after it. */
export const span: Span = { fromMs: -600, toMs: 3000, stepMs: 100 };

/** @param rows of the whole run of load, by the time they were meant to leave */
export function sampleOf(dealt: Dealt, rows: readonly Row[]): Sample {
  const { target, blow, predicted, trial, windowMs } = dealt;
  const window = rows.filter(({ t }) => t >= trial.struckAtMs && t < trial.struckAtMs + windowMs);
  const byFeature = lossesOf(window);
  const detail: TrialDetail = {
    target,
    blow: blow.name,
    byFeature,
    predicted,
    rows: rowsAround(rows, trial.struckAtMs, span),
    inForceMs: inForceOf(blow, trial),
  };
  return {
    arm: `${target}: ${blow.name}`,
    metrics: {
      ...metricsOf(window, byFeature, blow),
      ...(predicted && surprisesOf(byFeature, predicted)),
      notWell: trial.wellAtMs === null ? 1 : 0,
      ...timesOf(rows, trial),
      ...awayOf(rows, trial),
    },
    doubts: doubtsOf(blow, trial),
    detail,
  };
}

/** Until it was taken back or had worn off, or until the process that it ended was there again. */
function inForceOf({ lastsMs }: BlowPlan, trial: Trial): number {
  const { struckAtMs, revertedAtMs, diedAtMs, readyAtMs, endedAtMs } = trial;
  if (diedAtMs !== null) return (readyAtMs ?? endedAtMs) - struckAtMs;
  return Math.max(revertedAtMs - struckAtMs, lastsMs);
}

function metricsOf(window: readonly Row[], byFeature: Losses, { role }: BlowPlan) {
  const others = window.filter(({ feature }) => feature !== role);
  return {
    featuresTouched: touchedOf(byFeature).length,
    lostRequests: window.filter(isLost).length,
    collateralRatio: others.filter(isLost).length / Math.max(1, others.length),
  };
}

/** To the end of the trial; left out where nothing was lost: to detect needs something to detect. */
function timesOf(rows: readonly Row[], trial: Trial) {
  const { struckAtMs, endedAtMs } = trial;
  const lost = rows.filter((row) => row.t >= struckAtMs && row.t < endedAtMs && isLost(row));
  const outageMs = outageOf(lost);
  return {
    ...(outageMs !== undefined && {
      detectMs: Math.min(...lost.map(({ t, ms }) => t + ms)) - struckAtMs,
      outageMs,
    }),
    ...(isRestart(trial) && { restartMs: Number(trial.readyAtMs) - Number(trial.diedAtMs) }),
  };
}

/** A function is not restarted: another process of it has the next request. */
const isRestart = ({ diedAtMs, readyAtMs }: Trial) =>
  diedAtMs !== null && readyAtMs !== null && readyAtMs > diedAtMs;

/**
 * The share of the requests meant to leave while a process was away. It is back up to one look
 * before that shows: what left in between may have been served, and is not counted.
 */
function awayOf(rows: readonly Row[], { diedAtMs, readyAtMs }: Trial): Record<string, number> {
  if (diedAtMs === null || readyAtMs === null) return {};
  const seenBackMs = readyAtMs - nextLookMs(readyAtMs - diedAtMs);
  const meant = rows.filter(({ t }) => t >= diedAtMs && t < seenBackMs);
  return meant.length === 0 ? {} : { lostWhileAway: meant.filter(isLost).length / meant.length };
}

/** Only what spoils the trial: a shop that stays broken is a finding, the largest there is. */
function doubtsOf(blow: BlowPlan, { diedAtMs, refused }: Trial): string[] {
  if (refused !== null) return [refused];
  return blow.fatal && diedAtMs === null ? [`nothing died of the ${blow.name}`] : [];
}
