// bench/machine-time.ts: how busy the machine was with things that are not ours.
// Read around every block by measure.ts and rate-accuracy.ts.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { procStat } from '../targets/process-times.ts';
import { readUsage, sumUsage } from '../targets/usage.ts';

/** Above it a block is discarded. */
export const maxOtherShare = 0.15;

const msPerTick = 10;

/** What the machine and our processes had used at one moment, in ms of CPU. */
export interface MachineTime {
  /** Undefined where there is no /proc. */
  readonly busyMs: number | undefined;
  /** Of this process and those it was asked for. */
  readonly livingMs: number;
  /** Of our children that have ended: a generator's start and end are in it. */
  readonly endedMs: number;
  readonly atMs: number;
}

/** @param pids of our processes that live from the first look to the second */
export function readMachineTime(pids: readonly number[]): MachineTime {
  const living = readUsage([process.pid, ...pids]).values();
  return {
    busyMs: busyMs(),
    livingMs: sumUsage(living).cpuMs,
    endedMs: endedChildrenMs(),
    atMs: performance.now(),
  };
}

/**
 * The second look. A generator tells its result a moment before it ends, and only then is its CPU
 * time known to be ours: waits for that, 2 s at most.
 * @param generatorsMs CPU time that the ended children must at least account for
 */
export async function readMachineTimeAfter(
  pids: readonly number[],
  from: MachineTime,
  generatorsMs: number,
): Promise<MachineTime> {
  const giveUpAtMs = performance.now() + 2000;
  for (;;) {
    const now = readMachineTime(pids);
    const accountedMs = now.endedMs - from.endedMs;
    if (accountedMs >= generatorsMs - 2 * msPerTick || now.atMs > giveUpAtMs) return now;
    await sleep(20);
  }
}

/**
 * The share of the whole machine that others used between two looks, 0 to 1.
 * @param cores of the machine
 * @returns undefined where the machine does not tell
 */
export function otherShare(
  from: MachineTime,
  to: MachineTime,
  cores = availableParallelism(),
): number | undefined {
  if (from.busyMs === undefined || to.busyMs === undefined) return undefined;
  const oursMs = to.livingMs - from.livingMs + to.endedMs - from.endedMs;
  return Math.max(0, (to.busyMs - from.busyMs - oursMs) / ((to.atMs - from.atMs) * cores));
}

/** Fields 16 and 17 of /proc/<pid>/stat: children that have ended and been waited for. */
function endedChildrenMs(): number {
  const stat = procStat(process.pid);
  return (Number(stat?.[13] ?? 0) + Number(stat?.[14] ?? 0)) * msPerTick;
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
