// runtime/last-will.ts: a shell script that learns when this process ends, however it ends.
// Called by the guards of processes, of containers and of the local Lambda.
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/**
 * The script reads its standard input, which ends when this process does, SIGKILL included; what
 * stands behind its loop is the will. It keeps nobody alive and says nothing.
 * @param args `$0`, `$1` … of the script
 * @returns its input: end it, and the will is carried out
 */
export function lastWill(script: string, ...args: string[]): Writable {
  // Detached, so that Ctrl-C in the terminal does not reach it before this process has ended.
  const shell = spawn('/bin/sh', ['-c', script, ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  (shell.stdin as Socket).unref();
  return shell.stdin;
}
