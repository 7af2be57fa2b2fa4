// audit/killer.ts: SIGKILLs a random process of a running shop again and again.
// Called by run-audit.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { nowMs } from '../targets/life.ts';
import type { ProcessStatus, RunningTarget } from '../targets/platform.ts';

export interface Killer {
  /** How often each component was killed so far. */
  readonly kills: ReadonlyMap<string, number>;
  /** Stops killing. */
  end(): void;
  /** Stops killing and waits until all are back. @throws CannotStart when one does not come up */
  stop(): Promise<void>;
}

/** So that a shop which is killed faster than it starts still gets to answer everybody. */
export const killingMsMax = 120_000;

/**
 * Kills one of the processes every `everyMs`, for two minutes at most: one that has been up for so
 * long that the restart policy has forgotten its last death, if there is any. Nothing is killed that
 * would be punished for it: a shop that is mostly down has little to lose.
 * @param options.random uniform in [0, 1): who is next
 */
export function startKilling(
  running: RunningTarget,
  options: { readonly everyMs: number; readonly random: () => number },
): Killer {
  const kills = new Map<string, number>();
  const startedAtMs = new Map(
    running.events.flatMap(({ kind, name, atMs }) => (kind === 'started' ? [[name, atMs]] : [])),
  );
  /** Killed before it was ready, and not ready since. */
  const unfinished = new Set<string>();
  const unsubscribe = running.onEvent(({ kind, name, atMs }) => {
    if (kind === 'started') startedAtMs.set(name, atMs);
    if (kind === 'ready') unfinished.delete(name);
  });
  const isProven = (name: string) =>
    nowMs() - (startedAtMs.get(name) ?? 0) >= running.provenAfterMs;
  // A start may be cut short, but not the next one as well: else a slow machine is never up. Where the
  // policy is slow to forget, none is.
  const cutsShort = running.provenAfterMs < options.everyMs;
  const isMortal = ({ name, state }: ProcessStatus) =>
    state === 'ready' ? isProven(name) : cutsShort && state === 'starting' && !unfinished.has(name);
  const endMs = performance.now() + killingMsMax;
  const timer = setInterval(() => {
    if (performance.now() > endMs) return clearInterval(timer);
    const mortal = [...running.components, ...running.databases].filter(isMortal);
    const victim = mortal[Math.floor(options.random() * mortal.length)];
    if (victim === undefined) return;
    kills.set(victim.name, (kills.get(victim.name) ?? 0) + 1);
    if (victim.state === 'starting') unfinished.add(victim.name);
    running.kill(victim.name);
  }, options.everyMs);
  const end = () => {
    clearInterval(timer);
    unsubscribe();
  };
  return {
    kills,
    end,
    async stop() {
      end();
      // What was killed a moment ago is not known to be dead yet.
      await sleep(100);
      await running.waitReady();
    },
  };
}
