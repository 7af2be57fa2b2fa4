// commands/lab/spawn-lab.ts: `npm run lab` as a person would call it, in a process of its own.
// Used by the tests of the subcommands.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { repoRoot } from '../../targets/lab-folders.ts';

export interface LabRun {
  readonly child: ChildProcess;
  /** So far. */
  readonly printed: { out: string; err: string };
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** @param env added to this process's own */
export function spawnLab(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): LabRun {
  const child = spawn(process.execPath, ['loadtests/run.mjs', 'lab', ...args], {
    cwd: repoRoot,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text;
  });
  return { child, printed, ended: once(child, 'close').then(([code]) => code as number | null) };
}
