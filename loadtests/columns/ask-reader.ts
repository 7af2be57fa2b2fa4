// columns/ask-reader.ts: gives one task to a fresh process, on the core of servers, and hears the answer.
// Called by the experiment on rows and columns.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '../load/child.ts';
import { buildOrExplain, bundleOptions } from '../targets/bundle.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import type { Task, Told } from './reader-process.ts';

const outdir = join(repoRoot, '.lab/columns');
const processFile = join(outdir, 'reader-process.mjs');

/** As one file of JavaScript: a process that starts compiles nothing. @throws CannotStart */
export async function buildReader(): Promise<void> {
  const entry = fileURLToPath(new URL('./reader-process.ts', import.meta.url));
  // What has a native part is found in node_modules.
  const external = [...bundleOptions.external, 'better-sqlite3', 'msgpackr'];
  await buildOrExplain({ ...bundleOptions, write: true, outdir, external, entryPoints: [entry] });
}

/** @throws Error with the reader's own words, or when it died; the signal's reason */
export function askReader(
  task: Task,
  core: number | undefined,
  signal: AbortSignal,
): Promise<Told> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const child = startChild(processFile, {
      launcher: core === undefined ? [] : ['taskset', '-c', String(core)],
      onMessage(message) {
        const said = message as Partial<Told> & { ready?: true; failed?: string };
        if (said.ready) child.send(task, () => {});
        else if (said.failed !== undefined) reject(new Error(`${task.store}: ${said.failed}`));
        else resolve(said as Told);
      },
      onExit(how) {
        signal.removeEventListener('abort', stop);
        reject(new Error(`${task.store}: the reader ended early: ${how}`));
      },
    });
    const stop = () => {
      child.kill('SIGKILL');
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop);
  });
}
