// load/child.ts: a TypeScript file, or a bundle, run as a process of its own, spoken to in messages.
// Used by start-attack.ts and capacity; the other end calls `serveParent`.
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface ChildOptions {
  /** What a message of the child means; `exited` comes last, after a crash as well. */
  readonly onMessage: (message: unknown) => void;
  readonly onExit: (how: string) => void;
  /** Words in front of node, such as `['taskset', '-c', '1']` to pin it to a core. */
  readonly launcher?: readonly string[];
}

/** @param file absolute path of a .ts or .mjs file; its output goes to ours */
export function startChild(file: string, options: ChildOptions): ChildProcess {
  const [execPath = process.execPath, ...words] = [...(options.launcher ?? []), process.execPath];
  const loader = file.endsWith('.ts') ? ['--import', tsxLoader()] : [];
  const child = fork(file, [], { execPath, execArgv: [...words, ...loader] });
  child.on('message', options.onMessage);
  child.once('error', (error) => options.onExit(error.message));
  // Not `exit`: that may overtake the last messages, which a busy parent has not read yet.
  child.once('close', (code, signal) => options.onExit(`exit ${code ?? signal}`));
  return child;
}

/**
 * The child's side: takes messages until the parent is gone, by its own will or not.
 * @param onEnd SIGTERM, SIGINT or a parent that went away: finish, then exit
 */
export function serveParent(onMessage: (message: unknown) => void, onEnd: () => void): void {
  process.on('message', onMessage);
  for (const event of ['disconnect', 'SIGTERM', 'SIGINT'] as const) process.once(event, onEnd);
}

/** Sends to the parent; after it has gone away there is nobody to tell, and that is no error. */
export function tellParent(message: unknown): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

// By its own address: `--import tsx` would be looked up from the caller's working directory.
function tsxLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
