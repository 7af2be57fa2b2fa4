// lambda/memory.ts: the most memory a process has held, and a watch that ends it at its limit.
// Called by environment.ts while a process initialises or handles an invocation.
import { readFileSync } from 'node:fs';

/** Often enough for a runaway to be stopped near its limit; one look costs about 0.03 ms. */
const lookEveryMs = 25;

/** @returns MB (1024 KB), or undefined when the process is gone or the system has no /proc */
export function peakResidentMb(pid: number): number | undefined {
  try {
    // VmHWM is the highest resident size so far, so that no peak between two looks is missed.
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? undefined : Number(line[1]) / 1024;
  } catch {
    return undefined;
  }
}

/**
 * Looks until it is told to stop.
 * @param onExceeded called once, after which the watch is over
 * @returns what stops the watch
 */
export function watchMemory(pid: number, limitMb: number, onExceeded: () => void): () => void {
  const timer = setInterval(() => {
    if ((peakResidentMb(pid) ?? 0) <= limitMb) return;
    clearInterval(timer);
    onExceeded();
  }, lookEveryMs);
  return () => clearInterval(timer);
}
