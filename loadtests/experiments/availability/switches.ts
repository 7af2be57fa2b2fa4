// experiments/availability/switches.ts: features that fail while something is done, and then no more.
// Used by the arms of experiments/availability.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { healAll, switchOn } from '../../lab/fault-switch.ts';

/** Longer than any arm; each arm heals what it broke. */
const LONGEST_MS = 600_000;

/**
 * While `work` runs, each call of these features is answered 503 with a chance of `percent`; each
 * feature draws for itself.
 * @param percent above 0, at most 100
 * @throws Error when a switch does not take the order, or does not let go afterwards
 */
export async function whileFailing<Found>(
  baseUrl: string,
  features: readonly string[],
  percent: number,
  work: () => Promise<Found>,
): Promise<Found> {
  try {
    for (const feature of features)
      await switchOn(baseUrl, feature, { kind: 'error', percent, durationMs: LONGEST_MS });
    return await work();
  } finally {
    await heal(baseUrl);
  }
}

const HEAL_TRIES = 5;
const PAUSE_MS = 200;

/** A heal has one second, which a busy machine may need for other things. */
async function heal(baseUrl: string): Promise<void> {
  for (let tries = 0; tries < HEAL_TRIES; tries += 1) {
    if (tries > 0) await sleep(PAUSE_MS);
    if (await healAll(baseUrl)) return;
  }
  throw new Error(`${baseUrl} could not be healed in ${HEAL_TRIES} tries.`);
}
