// experiments/blast-radius/deadly.ts: a fault that must end a process, given until it has ended one.
// Called by blows.ts: in a cluster the worker that has the fault may be one that nobody calls.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '@lab/shared/contract/chaos.ts';
import { request } from 'undici';
import { componentFor, type Role } from '../../lab/bindings.ts';
import { healAll, switchOn } from '../../lab/fault-switch.ts';
import { nowMs } from '../../targets/life.ts';
import type { RunningTarget } from '../../targets/platform.ts';

const TRIES = 6;
const LOOK_EVERY_MS = 10;
/** An engine of containers may tell of a death this long after nobody answers any more. */
const NEWS_MS = 5000;

/**
 * Switches the fault on; where nothing died of it, takes it back and gives it to the next worker.
 * @param patienceMs how long a try may take
 * @returns when the last try began, on the clock of nowMs: those before it broke nothing
 */
export async function strikeDead(
  running: RunningTarget,
  role: Role,
  fault: Fault,
  patienceMs: number,
): Promise<number> {
  let dead = false;
  let struckAtMs: number | undefined;
  const owner = componentFor(running.target, role)?.name ?? role;
  const unsubscribe = running.onEvent(({ kind, name }) => {
    // `catalog-2`, `monolith-worker-1` and `shop-payments` are processes of whom they name.
    dead ||= kind === 'died' && name.split('-').includes(owner);
  });
  const died = async (withinMs: number) => {
    for (let ms = 0; ms < withinMs && !dead; ms += LOOK_EVERY_MS) await sleep(LOOK_EVERY_MS);
    return dead;
  };
  try {
    for (let left = TRIES; left > 0 && !dead; left -= 1) {
      const tryAtMs = nowMs();
      try {
        await switchOn(running.baseUrl, role, fault);
        struckAtMs = tryAtMs;
        if (!(await died(patienceMs))) await toNextWorker(running.baseUrl);
      } catch (error) {
        // Whoever took the fault in time and does not answer now is dead already.
        if (struckAtMs === undefined || !(await died(NEWS_MS))) throw error;
      }
    }
  } finally {
    unsubscribe();
  }
  return struckAtMs ?? nowMs();
}

/** Workers take connections in turn: two in between, and of two workers the other has the next. */
async function toNextWorker(baseUrl: string): Promise<void> {
  await healAll(baseUrl);
  const { body } = await request(`${baseUrl}/health`, { reset: true });
  await body.dump();
}
