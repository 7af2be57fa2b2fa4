// audit/killer.ts: SIGKILLs a random process of a running shop again and again.
// Called by run-audit.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ComponentStatus, RunningTarget } from '../targets/platform.ts';

export interface Killer {
  /** How often each component was killed so far. */
  readonly kills: ReadonlyMap<string, number>;
  /** Stops killing, and starts nothing any more. */
  end(): void;
  /** Stops killing and brings every component back. @throws CannotStart when one does not come up */
  stop(): Promise<void>;
}

/** So that a shop which is killed faster than it starts still gets to answer everybody. */
const killingMsMax = 120_000;

/**
 * Kills one of the running processes every `everyMs`, for two minutes at most.
 * @param options.random uniform in [0, 1): who is next
 */
export function startKilling(
  running: RunningTarget,
  options: { readonly everyMs: number; readonly random: () => number },
): Killer {
  const kills = new Map<string, number>();
  const revivals: Promise<void>[] = [];
  let ended = false;
  /** Killed before it was ready, and not ready since. */
  const unfinished = new Set<string>();
  const unsubscribe = running.onEvent(({ kind, name }) => {
    if (kind === 'died') revivals.push(revive(running, name, () => ended));
    if (kind === 'ready') unfinished.delete(name);
  });
  const endMs = performance.now() + killingMsMax;
  const timer = setInterval(() => {
    if (performance.now() > endMs) return clearInterval(timer);
    const victim = pickVictim(running, unfinished, options.random);
    if (victim === undefined) return;
    kills.set(victim.name, (kills.get(victim.name) ?? 0) + 1);
    if (victim.state === 'starting') unfinished.add(victim.name);
    running.kill(victim.name);
  }, options.everyMs);
  const end = () => {
    clearInterval(timer);
    unsubscribe();
    ended = true;
  };
  return {
    kills,
    end,
    async stop() {
      clearInterval(timer);
      // A process that was killed a moment ago is revived like the others.
      await sleep(100);
      end();
      await Promise.all(revivals);
      await bringBack(running);
    },
  };
}

async function bringBack(running: RunningTarget): Promise<void> {
  for (const { name, state } of running.components)
    if (state === 'stopped') await running.restartComponent(name);
  await running.waitReady();
}

/** A start may be cut short, but not the next one as well: else a slow machine is never up. */
function pickVictim(
  running: RunningTarget,
  unfinished: ReadonlySet<string>,
  random: () => number,
): ComponentStatus | undefined {
  const mortal = running.components.filter(
    ({ name, state }) => state === 'ready' || (state === 'starting' && !unfinished.has(name)),
  );
  return mortal[Math.floor(random() * mortal.length)];
}

/**
 * At once: the restart policy doubles its wait with every death, up to ten seconds, and a shop that
 * is mostly down has little to lose. One that is not ready in time is left to `stop`.
 */
async function revive(running: RunningTarget, name: string, isEnded: () => boolean): Promise<void> {
  // After the supervisor has set its own timer, which the restart takes back.
  await sleep(1);
  if (!isEnded()) await running.restartComponent(name).catch(() => {});
}
