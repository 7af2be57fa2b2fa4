// targets/launch.ts: one start of one process: its command line, its environment, its log.
// Called by supervisor.ts at the first start and at every restart.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Guard } from './guard.ts';

/** What to run. Paths are absolute. */
export interface ProcessSpec {
  readonly name: string;
  readonly cwd: string;
  /** Relative to `cwd`. */
  readonly entry: string;
  /** All of the process's environment but PATH, HOME and TMPDIR. */
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 once the process can serve. */
  readonly readyUrl: string;
  /** Both output streams are appended to it. */
  readonly logFile: string;
  readonly guard: Guard;
  /** The component it is a replica of, if it is not the first one. */
  readonly of?: string | undefined;
  /** How many workers it forks; it tells of them over a channel. 0: as many as are needed, or none. */
  readonly workers?: number | undefined;
  /** For example `--max-old-space-size=96`. */
  readonly nodeFlags?: readonly string[] | undefined;
  /** After how long up the next restart waits 100 ms again; default 10 000. */
  readonly provenAfterMs?: number | undefined;
  /** The one CPU core it may use; Linux only, ignored elsewhere. */
  readonly core?: number | undefined;
}

/** `logFromByte` is where this start's own lines begin in the log. */
export interface Launched {
  readonly child: ChildProcess;
  readonly logFromByte: number;
}

/**
 * Spawns the process; its output goes straight to the log file, past the harness, which is measuring.
 * A command that cannot be run shows as a child without a pid and an `error` event.
 */
export function launch(spec: ProcessSpec): Launched {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  const logFromByte = fstatSync(log).size;
  const { command, args } = commandLine(spec);
  // Detached: Ctrl-C in the terminal is the harness's to handle; the guard covers the rest.
  const child = spawn(command, args, {
    cwd: spec.cwd,
    env: { ...inherited(), ...spec.env },
    detached: true,
    stdio: spec.workers !== undefined ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
  });
  closeSync(log);
  if (child.pid !== undefined) spec.guard.watch(child.pid, spec.name);
  return { child, logFromByte };
}

function commandLine({ entry, nodeFlags = [], core }: ProcessSpec) {
  const node = [...nodeFlags, entry];
  if (core === undefined || process.platform !== 'linux')
    return { command: process.execPath, args: node };
  // taskset becomes Node by exec: the pid is still the server's own.
  return { command: 'taskset', args: ['-c', String(core), process.execPath, ...node] };
}

/** Not NODE_OPTIONS and the like: a tool that runs the harness must not change what is measured. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR'];
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
}
