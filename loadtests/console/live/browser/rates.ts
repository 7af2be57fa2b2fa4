// browser/rates.ts: how many requests a feature gets and loses a second, from seconds that are whole.
// Used by the plans of the shapes, their strips and charts; pure.
import type { Feature } from '@lab/shared/contract/operation.ts';
import type { FeatureSecond, SecondLive } from '../live-state.ts';

export interface Rate {
  readonly perSecond: number;
  /** 0–1; 0 without requests. */
  readonly lostShare: number;
}

/** A request has two seconds, and its row another to be written: until then a second may change. */
export const WHOLE_AFTER_MS = 3000;
/** With few requests a single second says little. */
const SECONDS = 3;

export const sentIn = ({ outcomes }: FeatureSecond): number =>
  Object.values(outcomes).reduce((sum, count) => sum + count, 0);

export const wellIn = ({ outcomes }: FeatureSecond): number =>
  (outcomes.ok ?? 0) + (outcomes.slow ?? 0) + (outcomes.degraded ?? 0);

export const isWhole = ({ atMs }: SecondLive, nowMs: number): boolean =>
  atMs + 1000 + WHOLE_AFTER_MS <= nowMs;

/** @param nowMs of the server */
export function rateOf(seconds: readonly SecondLive[], feature: Feature, nowMs: number): Rate {
  const toMs = nowMs - WHOLE_AFTER_MS;
  const recent = seconds.filter(({ atMs }) => atMs >= toMs - SECONDS * 1000 && atMs < toMs);
  const own = recent.flatMap(({ features }) => features[feature] ?? []);
  const sent = own.reduce((sum, second) => sum + sentIn(second), 0);
  const well = own.reduce((sum, second) => sum + wellIn(second), 0);
  return { perSecond: sent / SECONDS, lostShare: sent === 0 ? 0 : 1 - well / sent };
}
