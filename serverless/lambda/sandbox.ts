// lambda/sandbox.ts: one operating system process of a function: started, frozen, thawed and ended.
// Called by environment.ts, which gives it a Runtime API to talk to.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { environmentVariables, type SandboxFacts } from './environment-variables.ts';
import type { FunctionVersion } from './functions.ts';
import type { Guard } from './guard.ts';
import { readLines } from './lines.ts';

/** How a process ended: with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Sandbox {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Stops every process of the sandbox where it stands; no CPU, no timer runs until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** By SIGKILL, frozen or not. */
  kill(): void;
}

/** Windows has no SIGSTOP. */
export const canFreeze = process.platform !== 'win32';

/** For what was printed before the end: it is in the pipe already. */
const lastLinesMs = 500;

const bootstrap = join(import.meta.dirname, 'bootstrap.mjs');

/**
 * Spawns Node with the bootstrap, in a process group of its own: what a handler spawns is frozen and
 * ended with it.
 * @param onLine gets every line that the process prints
 */
export function startSandbox(
  version: FunctionVersion,
  facts: Omit<SandboxFacts, 'path'>,
  guard: Guard,
  onLine: (line: string) => void,
): Sandbox {
  const child = spawn(process.execPath, [...heapFlags(version.settings.memorySizeMb), bootstrap], {
    cwd: version.code.folder,
    env: environmentVariables(version, { ...facts, path: process.env.PATH ?? '' }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) return neverStarted(child);
  guard.watch(pid);
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  const exited = new Promise<Exit>((resolve) => {
    // `close` comes after the last line, `exit` may come before it.
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  child.once('exit', () => {
    // What the handler spawned and left behind would keep the pipes open.
    signalGroup(pid, 'SIGKILL');
    guard.forget(pid);
    // What it put into a group of its own is out of reach, and not waited for.
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, lastLinesMs);
  });
  return {
    pid,
    exited,
    freeze: () => signalGroup(pid, 'SIGSTOP'),
    thaw: () => signalGroup(pid, 'SIGCONT'),
    kill: () => signalGroup(pid, 'SIGKILL'),
  };
}

/** AWS gives V8 about nine tenths of the memory; the rest is for buffers, code and stacks. */
function heapFlags(memorySizeMb: number): string[] {
  const semiSpaceMb = Math.max(1, Math.floor(memorySizeMb / 20));
  return [
    `--max-old-space-size=${Math.floor(memorySizeMb * 0.9)}`,
    `--max-semi-space-size=${semiSpaceMb}`,
  ];
}

/** For example when the machine has no process left to give. */
function neverStarted(child: ChildProcess): Sandbox {
  child.once('error', () => {});
  const exited = Promise.resolve({ code: 1, signal: null });
  return { pid: 0, exited, freeze() {}, thaw() {}, kill() {} };
}

/** A process that ended in this very moment is fine. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(canFreeze ? -pid : pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
