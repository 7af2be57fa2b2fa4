// audit/killer.ts: SIGKILLs a random process of a running shop again and again.
// Called by run-audit.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningTarget } from '../targets/platform.ts';

export interface Killer {
  /** How often each component was killed so far. */
  readonly kills: ReadonlyMap<string, number>;
  /** Stops killing and brings every component back. @throws CannotStart when one does not come up */
  stop(): Promise<void>;
}

/**
 * Kills one of the running processes every `everyMs`.
 * @param options.random uniform in [0, 1): who is next
 */
export function startKilling(
  running: RunningTarget,
  options: { readonly everyMs: number; readonly random: () => number },
): Killer {
  const kills = new Map<string, number>();
  const revivals: Promise<void>[] = [];
  const unsubscribe = running.onEvent(({ kind, name }) => {
    if (kind === 'died') revivals.push(revive(running, name));
  });
  const timer = setInterval(() => {
    const alive = running.components.filter(({ pid }) => pid !== undefined);
    const victim = alive[Math.floor(options.random() * alive.length)];
    if (victim === undefined) return;
    kills.set(victim.name, (kills.get(victim.name) ?? 0) + 1);
    running.kill(victim.name);
  }, options.everyMs);
  return {
    kills,
    async stop() {
      clearInterval(timer);
      // A process that was killed a moment ago is revived like the others.
      await sleep(100);
      unsubscribe();
      await Promise.all(revivals);
      for (const { name, state } of running.components)
        if (state === 'stopped') await running.restartComponent(name);
      await running.waitReady();
    },
  };
}

/**
 * At once: the restart policy doubles its wait with every death, up to ten seconds, and a shop that
 * is mostly down has little to lose. One that is not ready in time is left to `stop`.
 */
async function revive(running: RunningTarget, name: string): Promise<void> {
  // After the supervisor has set its own timer, which the restart takes back.
  await sleep(1);
  await running.restartComponent(name).catch(() => {});
}
