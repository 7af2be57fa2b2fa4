// bench/machine-time.ts: how busy the machine was with things that are not ours.
// Read around every block by measure.ts and rate-accuracy.ts.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { readUsage, sumUsage } from '../targets/usage.ts';

/** Above it a block is discarded. */
export const maxOtherShare = 0.15;

const msPerTick = 10;

/** What the machine and our processes had used at one moment, in ms of CPU. */
export interface MachineTime {
  /** Undefined where there is no /proc. */
  readonly busyMs: number | undefined;
  readonly oursMs: number;
  readonly atMs: number;
}

/** @param pids of every process of ours that lives from the first look to the second */
export function readMachineTime(pids: readonly number[]): MachineTime {
  return {
    busyMs: busyMs(),
    oursMs: sumUsage(readUsage(pids).values()).cpuMs,
    atMs: performance.now(),
  };
}

/**
 * The share of the whole machine that others used between two looks, 0 to 1.
 * @param knownMs CPU time of ours that no pid shows any more, such as a generator that has ended
 * @param cores of the machine
 * @returns undefined where the machine does not tell
 */
export function otherShare(
  from: MachineTime,
  to: MachineTime,
  knownMs = 0,
  cores = availableParallelism(),
): number | undefined {
  if (from.busyMs === undefined || to.busyMs === undefined) return undefined;
  const othersMs = to.busyMs - from.busyMs - (to.oursMs - from.oursMs) - knownMs;
  return Math.max(0, othersMs / ((to.atMs - from.atMs) * cores));
}

function busyMs(): number | undefined {
  try {
    return busyFrom(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return undefined;
  }
}

/** All of the first line (user nice system idle iowait irq softirq steal) that is not waiting. */
export function busyFrom(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (
    stat.split('\n')[0] ?? ''
  )
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * msPerTick;
}
