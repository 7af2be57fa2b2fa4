// targets/memory.ts: how much memory several processes take together, counted both ways, and the MB.
// Called by `npm start` and by experiments after a load; too slow (1 ms a process) to be used in one.
import { readFileSync } from 'node:fs';
import type { ComponentStatus, RunningTarget } from './platform.ts';
import { readUsage, sumUsage } from './usage.ts';

/**
 * A megabyte is 10⁶ bytes wherever the lab tells one, as discs and zips are sold. The kernel's own
 * tools count in 2²⁰ and show 4.6 % less.
 */
export const BYTES_PER_MB = 1e6;

/**
 * RSS counts a page that processes share, such as Node's own program, once for each of them.
 * PSS divides it among them: their sum is what the machine really spends.
 */
export interface Memory {
  readonly rssBytes: number;
  /** Undefined where the kernel does not tell: anywhere but on Linux. */
  readonly pssBytes: number | undefined;
}

/** Of every process and every worker that lives. */
export function allPidsOf(components: readonly ComponentStatus[]): number[] {
  return components.flatMap(({ pid, workerPids = [] }) =>
    pid === undefined ? [] : [pid, ...workerPids],
  );
}

/** What a target costs is theirs and their descendants': a database server's as well. */
export function rootPidsOf({
  components,
  databases,
}: Pick<RunningTarget, 'components' | 'databases'>): number[] {
  return [...components, ...databases].flatMap(({ pid }) => pid ?? []);
}

/** Of the processes that live. */
export function memoryOf(pids: readonly number[]): Memory {
  const { rssBytes } = sumUsage(readUsage(pids).values());
  const shares = pids.map(pssOf);
  const known = shares.every((share) => share !== undefined);
  return { rssBytes, pssBytes: known ? shares.reduce((sum, share) => sum + share, 0) : undefined };
}

function pssOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
