// commands/lib/tool.ts: runs a tool of node_modules, or git, in a process of its own.
// Called by test.ts, check.ts and diff.ts.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CannotStart } from '../../targets/cannot-start.ts';
import { repoRoot } from '../../targets/lab-folders.ts';

export const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run'] as const;
export const biome = [
  process.execPath,
  'node_modules/@biomejs/biome/bin/biome',
  'ci',
  '--colors=off',
] as const;
export const tsc = [process.execPath, join('node_modules', 'typescript', 'bin', 'tsc')] as const;

/** What a tool said, both streams in the order they came, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a command in the root of the repository and waits for its end.
 * @param shown true sends its output to this terminal as it comes; `output` is then empty
 * @param more variables of the environment
 * @throws CannotStart when there is no such program
 */
export function runTool(
  command: readonly string[],
  shown = false,
  more: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: repoRoot,
    // Captured output is printed later, and searched before: escapes would be in the way.
    env: shown
      ? { ...process.env, ...more }
      : { ...process.env, ...more, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['inherit', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
  });
  // A command may end before its tool, as when nobody reads its output any more. The tool ends
  // first: what the command then clears away may be what it reads.
  const kill = () => child.kill();
  process.prependOnceListener('exit', kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    child.once('error', () =>
      reject(new CannotStart(`${program} cannot be run: is it installed?`)),
    );
    child.once('close', (code) => {
      process.off('exit', kill);
      resolve({ code: code ?? 1, output });
    });
  });
}
