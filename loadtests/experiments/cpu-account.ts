// experiments/cpu-account.ts: who used the machine's CPU while a target was under load.
// Called by under-load.ts: a process that is restarted begins at zero, so its past is kept here.
import type { ComponentStatus, RunningTarget } from '../targets/platform.ts';
import { machineCpuMs } from './environment.ts';

export interface CpuAccount {
  /** Call just before a crash is ordered: what the process has used until now would be forgotten. */
  beforeCrash(): void;
  /** Call after it, with the process that died. */
  afterCrash(died: string): void;
  /** CPU-ms of each component since its start, over all its restarts. */
  byComponent(): ReadonlyMap<string, number>;
  /** Share of the machine used by neither the target, the generator nor us; null: unknown. */
  otherRatio(generatorCpuMs: number): number | null;
}

export function openCpuAccount(running: RunningTarget): CpuAccount {
  const machine = machineCpuMs();
  const own = process.cpuUsage();
  const past = new Map<string, number>();
  let seen: readonly ComponentStatus[] = running.components;
  const byComponent = () =>
    new Map(running.components.map(({ name, cpuMs }) => [name, cpuMs + (past.get(name) ?? 0)]));
  const atStart = sum(byComponent());
  return {
    beforeCrash() {
      seen = running.components;
    },
    afterCrash(died) {
      const spent = seen.find(({ name }) => name === died)?.cpuMs ?? 0;
      past.set(died, (past.get(died) ?? 0) + spent);
    },
    byComponent,
    otherRatio(generatorCpuMs) {
      const now = machineCpuMs();
      if (machine === null || now === null) return null;
      const { user, system } = process.cpuUsage(own);
      const ours = (user + system) / 1000 + generatorCpuMs + sum(byComponent()) - atStart;
      return Math.max(0, now.busyMs - machine.busyMs - ours) / (now.totalMs - machine.totalMs);
    },
  };
}

const sum = (parts: ReadonlyMap<string, number>) =>
  [...parts.values()].reduce((total, cpuMs) => total + cpuMs, 0);
