// lab/environment.ts: where a run took place; stored with every result.
// Called by run-experiment.ts.
import { execFileSync } from 'node:child_process';
import { cpus, platform, release, totalmem } from 'node:os';
import { repoRoot } from '../targets/lab-folders.ts';
import type { Environment } from './result.ts';

export function environmentNow(): Environment {
  return {
    commit: git('rev-parse', '--short', 'HEAD') || 'unknown',
    dirty: git('status', '--porcelain') !== '',
    node: process.version,
    platform: `${platform()} ${release()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
  };
}

function git(...words: string[]): string {
  try {
    return execFileSync('git', words, { cwd: repoRoot, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return ''; // a downloaded archive has no history
  }
}
