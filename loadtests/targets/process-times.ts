// targets/process-times.ts: when a process began, as a text that no other process ever shares.
// Called by guard.ts and orphans.ts: a pid alone may belong to somebody else by now.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** @returns undefined when no such process lives (a zombie counts as dead) */
export function processBirth(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? birthFromProc(pid) : birthFromPs(pid);
}

function birthFromProc(pid: number): string | undefined {
  const fields = procStat(pid);
  if (fields === undefined || fields[0] === 'Z') return undefined;
  // Clock ticks since boot repeat after a reboot; the boot's own id does not.
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${fields[19]}`;
}

function birthFromPs(pid: number): string | undefined {
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const line = (ps.stdout ?? '').trim();
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
}

/** Whether it is paused by SIGSTOP; false when it is gone. */
export function isPaused(pid: number): boolean {
  if (existsSync('/proc/self/stat')) return procStat(pid)?.[0] === 'T';
  const ps = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return (ps.stdout ?? '').trim().startsWith('T');
}

/**
 * /proc/<pid>/stat from field 3 (state) on: index 11 is utime, 12 stime, 19 the start time.
 * @returns undefined when the process is gone
 */
export function procStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in field 2 may hold spaces and brackets: count from the last one.
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
