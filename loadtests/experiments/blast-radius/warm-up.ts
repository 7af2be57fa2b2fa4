// experiments/blast-radius/warm-up.ts: load on functions until it has as many processes as it wants.
// Called by blast-radius.ts before the first fault: cold starts of a first request are no fault's work.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../../lab/experiment.ts';
import type { Outcome } from '../../load/outcome.ts';
import type { Attack } from '../../load/start-attack.ts';
import { isUseful } from '../../load/tally.ts';

/** By then it is measured as it is: what it loses by itself shows in its losses. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 100;

/** Resolves after a whole second without a lost request, or after 20 s. */
export async function warmedUp(
  attack: Pick<Attack, 'onSecond'>,
  { signal, phase }: Pick<Lab, 'signal' | 'phase'>,
): Promise<void> {
  let isWell = false;
  attack.onSecond(({ final, features }) => {
    const outcomes = Object.values(features).flatMap((tally) => Object.entries(tally.outcomes));
    const lost = outcomes.filter(([outcome, count]) => count > 0 && !isUseful(outcome as Outcome));
    if (final && outcomes.length > 0 && lost.length === 0) isWell = true;
  });
  phase({ phase: 'steady', what: 'functions start', lengthMs: PATIENCE_MS });
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  while (!isWell && performance.now() < giveUpAtMs)
    await sleep(LOOK_EVERY_MS, undefined, { signal });
}
