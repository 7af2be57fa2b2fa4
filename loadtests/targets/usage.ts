// targets/usage.ts: CPU time and memory of processes, from /proc on Linux, else from `ps`.
// Called by process-platform.ts for every look at a running target.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { procStat } from './process-times.ts';

/** Linux reports CPU time to programs in hundredths of a second on every machine Node runs on. */
const msPerTick = 10;

/** One process at one moment. `cpuMs` counts all its threads since it began, in steps of 10 ms. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/**
 * Reads every process that still lives; the others are missing from the answer.
 * Costs about 0.05 ms a process on Linux, one `ps` (about 10 ms) for all of them elsewhere.
 */
export function readUsage(pids: readonly number[]): Map<number, Usage> {
  if (pids.length === 0) return new Map();
  return existsSync('/proc/self/stat') ? usageFromProc(pids) : usageFromPs(pids);
}

/** CPU time of the children that a process had and that have ended; 0 where /proc is missing. */
export function endedChildrenCpuMs(pid: number): number {
  const stat = procStat(pid);
  return stat === undefined ? 0 : (Number(stat[13]) + Number(stat[14])) * msPerTick;
}

/** CPU and memory of several processes together. */
export function sumUsage(usages: Iterable<Usage>): Usage {
  let cpuMs = 0;
  let rssBytes = 0;
  for (const usage of usages) {
    cpuMs += usage.cpuMs;
    rssBytes += usage.rssBytes;
  }
  return { cpuMs, rssBytes };
}

function usageFromProc(pids: readonly number[]): Map<number, Usage> {
  const usages = new Map<number, Usage>();
  for (const pid of pids) {
    const stat = procStat(pid);
    if (stat === undefined) continue;
    const ticks = Number(stat[11]) + Number(stat[12]);
    usages.set(pid, { cpuMs: ticks * msPerTick, rssBytes: rssFromProc(pid) });
  }
  return usages;
}

/** From `status`, in kB: `stat` counts pages, whose size differs between machines. */
function rssFromProc(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function usageFromPs(pids: readonly number[]): Map<number, Usage> {
  const columns = ['-o', 'pid=,rss=,time=', '-p', pids.join(',')];
  const ps = spawnSync('ps', columns, { encoding: 'utf8' });
  return parsePs(ps.stdout ?? '');
}

/** Lines of `pid rssKilobytes time`, the time as [[days-]hours:]minutes:seconds[.hundredths]. */
export function parsePs(text: string): Map<number, Usage> {
  const usages = new Map<number, Usage>();
  for (const line of text.split('\n')) {
    const [pid, rssKb, time] = line.trim().split(/\s+/);
    if (time === undefined) continue;
    usages.set(Number(pid), { cpuMs: clockToMs(time), rssBytes: Number(rssKb) * 1024 });
  }
  return usages;
}

function clockToMs(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
