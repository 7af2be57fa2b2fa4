// experiments/environment.ts: where a run took place, and who else used the machine meanwhile.
// Called by blast-radius.ts; stored with every result.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { repoRoot } from '../targets/lab-folders.ts';
import type { ComparisonResult } from './result.ts';

export function environmentNow(otherCpuRatio: number | null): ComparisonResult['environment'] {
  return {
    commit: git('rev-parse', '--short', 'HEAD') || 'unknown',
    dirty: git('status', '--porcelain') !== '',
    node: process.version,
    platform: `${platform()} ${release()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    otherCpuRatio,
  };
}

function git(...words: string[]): string {
  try {
    return execFileSync('git', words, { cwd: repoRoot, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return ''; // a downloaded archive has no history
  }
}

/** CPU time that the whole machine has spent since boot, in ms; null where /proc is missing. */
export function machineCpuMs(): { busyMs: number; totalMs: number } | null {
  try {
    const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
    const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
    const totalMs = ticks.reduce((sum, value) => sum + value, 0) * MS_PER_TICK;
    const idleMs = ((ticks[3] ?? 0) + (ticks[4] ?? 0)) * MS_PER_TICK;
    return { busyMs: totalMs - idleMs, totalMs };
  } catch {
    return null;
  }
}

/** /proc counts in hundredths of a second on every Linux that Node runs on. */
const MS_PER_TICK = 10;
