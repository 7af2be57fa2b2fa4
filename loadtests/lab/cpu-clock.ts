// lab/cpu-clock.ts: CPU time of processes to the microsecond, and of everybody outside the lab.
// Read around every stretch that is measured; Linux tells finely, elsewhere ten ms must do.
import { readdirSync, readFileSync } from 'node:fs';
import { procStat } from '../targets/process-times.ts';
import { readUsage, sumUsage } from '../targets/usage.ts';

const MS_PER_TICK = 10;

/**
 * CPU time of living processes with all their living descendants, in ms since each began.
 * A process that dies takes its time with it: look before and after within one life.
 */
export function cpuMsOf(pids: readonly number[]): number {
  const all = withDescendants(pids);
  const fine = all.map(schedulerMs);
  if (!fine.includes(undefined)) return fine.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  return sumUsage(readUsage(all).values()).cpuMs;
}

export interface CpuWatch {
  /** Share of the whole machine that was used outside the lab since the watch began; null: unknown. */
  otherRatio(): number | null;
}

/** The lab is this process and whatever it started, the dead included. */
export function watchCpu(): CpuWatch {
  const machine = machineMs();
  const own = labMs();
  return {
    otherRatio() {
      const now = machineMs();
      if (machine === undefined || now === undefined) return null;
      const otherMs = now.busyMs - machine.busyMs - (labMs() - own);
      return Math.max(0, otherMs) / Math.max(1, now.totalMs - machine.totalMs);
    },
  };
}

/** From the scheduler's own account, all threads; undefined where it keeps none. */
function schedulerMs(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
      const [nanoseconds = '0'] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(
        ' ',
      );
      return sum + Number(nanoseconds) / 1e6;
    }, 0);
  } catch {
    return undefined;
  }
}

/** Fields 14 to 17 of /proc/<pid>/stat: its own time and that of the children it has waited for. */
function labMs(): number {
  const ticks = withDescendants([process.pid]).flatMap((pid) => procStat(pid)?.slice(11, 15) ?? []);
  return ticks.reduce((sum, value) => sum + Number(value), 0) * MS_PER_TICK;
}

function withDescendants(roots: readonly number[]): number[] {
  const children = childrenByParent();
  const found: number[] = [];
  const next = [...roots];
  for (let pid = next.pop(); pid !== undefined; pid = next.pop()) {
    found.push(pid);
    next.push(...(children.get(pid) ?? []));
  }
  return found;
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const pid of runningPids()) {
    const parent = Number(procStat(pid)?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

function runningPids(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return []; // no /proc: a process stands for itself alone
  }
}

/** How long one core has been busy since boot, whoever used it; undefined where /proc is missing. */
export const coreBusyMs = (core: number): number | undefined => procStatMs(`cpu${core}`)?.busyMs;

/** Since boot, all cores. */
const machineMs = () => procStatMs('cpu');

/** A line of /proc/stat; undefined where there is none. */
function procStatMs(name: string): { busyMs: number; totalMs: number } | undefined {
  try {
    const lines = readFileSync('/proc/stat', 'utf8').split('\n');
    const line = lines.find((one) => one.startsWith(`${name} `));
    if (line === undefined) return undefined;
    const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
    const totalMs = ticks.reduce((sum, value) => sum + value, 0) * MS_PER_TICK;
    const idleMs = ((ticks[3] ?? 0) + (ticks[4] ?? 0)) * MS_PER_TICK;
    return { busyMs: totalMs - idleMs, totalMs };
  } catch {
    return undefined;
  }
}
