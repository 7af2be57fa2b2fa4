// live/lab-runs.ts: runs an experiment of the lab from the page, in a process and on ports of its own.
// Called by orders.ts; one at a time. The customers of the page rest meanwhile, else both would be wrong.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../../targets/lab-folders.ts';
import type { LabRunLive } from './live-state.ts';
import { outcomeOf } from './outcome-of.ts';

export interface LabRuns {
  /** @returns a sentence where it was not begun */
  start(id: string): string[];
  /** As Ctrl-C does: what was whole is stored. Resolves when it has ended. */
  stop(): Promise<void>;
  readonly now: LabRunLive | null;
}

const SHOWN_LINES = 12;
const MOST_SHOWN = 12;

/**
 * @param portBase of the shapes that run already: these are started elsewhere
 * @param command what stands before the words of `lab run`; a test has its own
 */
export function createLabRuns(
  portBase: number,
  root: string = repoRoot,
  command: readonly string[] = [process.execPath, 'loadtests/run.mjs'],
): LabRuns {
  let now: LabRunLive | null = null;
  let child: ChildProcess | undefined;
  const elsewhere = portBase > 20_000 ? portBase - 10_000 : portBase + 10_000;
  const say = (text: string) => {
    const lines = [...(now?.lines ?? []), ...text.split('\n').filter((line) => line.trim() !== '')];
    if (now !== null) now = { ...now, lines: lines.slice(-SHOWN_LINES) };
  };
  const tellOutcome = async (id: string, file: string) => {
    const outcome = await outcomeOf(id, file);
    if (now?.id === id && now.state === 'done') now = { ...now, outcome };
  };
  return {
    start(id) {
      if (child !== undefined) return ['An experiment is running: wait for its end, or stop it.'];
      now = { id, lines: [], state: 'running', report: null, outcome: null };
      const beganMs = Date.now();
      child = spawned([...command, 'lab', 'run', id, '--quick'], elsewhere, root, say);
      child.once('close', (code) => {
        child = undefined;
        const results = join(root, 'results');
        const report = newestReport(results, beganMs);
        const state = report === null || code === 2 ? 'failed' : 'done';
        if (now !== null) now = { ...now, state, report };
        if (report === null) return;
        tellOutcome(id, join(results, report, 'result.json')).catch((error: unknown) =>
          console.error('Console:', error),
        );
      });
      return [];
    },
    async stop() {
      const ending = child;
      if (ending === undefined) return;
      const ended = new Promise((resolve) => ending.once('close', resolve));
      ending.kill('SIGINT');
      await ended;
    },
    get now() {
      return now;
    },
  };
}

function spawned(
  [program = '', ...words]: readonly string[],
  portBase: number,
  cwd: string,
  say: (text: string) => void,
): ChildProcess {
  const child = spawn(program, [...words, '--port-base', String(portBase)], {
    cwd,
    env: { ...process.env, NO_COLOR: '1' },
    // In a group of its own: Ctrl-C of the lab would reach it twice, and the second time ends it at once.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say);
  // `close` follows: the run has failed, and the lab goes on.
  child.on('error', ({ message }) => say(message));
  return child;
}

/** Folders of results that have a report, the newest first. */
export function pastResults(results: string): string[] {
  if (!existsSync(results)) return [];
  const runs = readdirSync(results).filter((name) => /^\d{4}-\d\d-\d\dT/.test(name));
  const whole = runs.filter((name) => existsSync(join(results, name, 'report.html')));
  return whole.sort().reverse().slice(0, MOST_SHOWN);
}

/** @returns the folder of a result that was made since; null: there is none */
function newestReport(results: string, sinceMs: number): string | null {
  const since = new Date(sinceMs).toISOString().slice(0, 19).replaceAll(':', '-');
  const [newest] = pastResults(results);
  return newest !== undefined && newest >= since ? newest : null;
}
