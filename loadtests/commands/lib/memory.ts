// commands/lib/memory.ts: how much memory several processes take together, counted both ways.
// Called by start.ts for its screen; too slow (1 ms a process) to be used while measuring.
import { readFileSync } from 'node:fs';
import { readUsage, sumUsage } from '../../targets/usage.ts';

/**
 * RSS counts a page that processes share, such as Node's own program, once for each of them.
 * PSS divides it among them: their sum is what the machine really spends.
 */
export interface Memory {
  readonly rssBytes: number;
  /** Undefined where the kernel does not tell: anywhere but on Linux. */
  readonly pssBytes: number | undefined;
}

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
