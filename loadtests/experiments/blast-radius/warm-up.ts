// experiments/blast-radius/warm-up.ts: load on functions until they have as many processes as they want.
// Called by blast-radius.ts before the first fault: cold starts of a first request are no fault's work.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Workload } from '../../lab/definition.ts';
import type { Lab } from '../../lab/experiment.ts';
import type { Outcome } from '../../load/outcome.ts';
import type { Attack } from '../../load/start-attack.ts';
import { isUseful } from '../../load/tally.ts';
import type { RunningTarget } from '../../targets/platform.ts';

/** By then it is measured as it is: what it loses by itself shows in its losses. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 100;

/** On one core, thirty processes that start at once under the whole load take half a minute to catch up. */
const SHARES = [0.2, 0.5];
/** Without a loss, before the load grows: code that runs for the first time costs several times as much. */
const CALM_S = 5;

/** Functions that never ran start one after the other, under a part of the load. */
export async function warmedSlowly(
  lab: Lab,
  { target, baseUrl }: RunningTarget,
  workload: Workload,
): Promise<void> {
  for (const share of SHARES) {
    const rateRps = workload.rateRps * share;
    const plan = { ...workload, baseUrl, rateRps, seed: lab.seed };
    const attack = lab.attack(`warm-up-${target.name}-${share}`, plan);
    try {
      await attack.started;
      await warmedUp(attack, lab, CALM_S);
    } finally {
      await attack.stop();
    }
  }
}

/** @param calmS resolves after so many whole seconds in a row without a lost request, or after 20 s */
export async function warmedUp(
  attack: Pick<Attack, 'onSecond'>,
  { signal, phase }: Pick<Lab, 'signal' | 'phase'>,
  calmS = 1,
): Promise<void> {
  let calm = 0;
  attack.onSecond(({ final, features }) => {
    const outcomes = Object.values(features).flatMap((tally) => Object.entries(tally.outcomes));
    const lost = outcomes.filter(([outcome, count]) => count > 0 && !isUseful(outcome as Outcome));
    if (final && outcomes.length > 0) calm = lost.length === 0 ? calm + 1 : 0;
  });
  phase({ phase: 'steady', what: 'functions start', lengthMs: PATIENCE_MS });
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  while (calm < calmS && performance.now() < giveUpAtMs)
    await sleep(LOOK_EVERY_MS, undefined, { signal });
}
