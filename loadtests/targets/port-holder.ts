// targets/port-holder.ts: which process listens on a port, so that an error can name it.
// Called by ports.ts and supervisor.ts; reads /proc on Linux, asks lsof elsewhere; never throws.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { procStat } from './process-times.ts';

export interface PortHolder {
  readonly pid: number;
  /** Its command line, cut at 80 characters. */
  readonly command: string;
}

/**
 * @param likely the process to look at first
 * @returns undefined when the system will not tell (for one, another user's process)
 */
export function findPortHolder(port: number, likely = process.pid): PortHolder | undefined {
  return existsSync('/proc/net/tcp') ? holderFromProc(port, likely) : holderFromLsof(port);
}

/**
 * Who answers at a URL of this machine in place of a process that was started for it: two labs may
 * begin in the same moment.
 * @returns undefined when it is that process or a worker of it, or when the system will not tell
 */
export function strangerAt(url: string, ownPid: number): PortHolder | undefined {
  const holder = findPortHolder(Number(new URL(url).port), ownPid);
  const isOwn = holder?.pid === ownPid || Number(procStat(holder?.pid ?? 0)?.[1]) === ownPid;
  return isOwn ? undefined : holder;
}

function holderFromProc(port: number, likely: number): PortHolder | undefined {
  return holderIn('/proc/net/tcp', port, likely) ?? holderIn('/proc/net/tcp6', port, likely);
}

function holderIn(table: string, port: number, likely: number): PortHolder | undefined {
  const sockets = new Set(listeningInodes(table, port).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const pid = [String(likely), ...pids].find((candidate) => holdsOneOf(candidate, sockets));
  return pid === undefined ? undefined : { pid: Number(pid), command: commandOf(pid) };
}

function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listening = '0A';
  return orEmpty(() => readFileSync(table, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === listening)
    .map((columns) => columns[9] ?? '');
}

function holdsOneOf(pid: string, sockets: ReadonlySet<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  const links = orEmpty(() => readdirSync(folder));
  return links.some((link) =>
    orEmpty(() => [readlinkSync(`${folder}/${link}`)]).some((socket) => sockets.has(socket)),
  );
}

function commandOf(pid: string): string {
  const [line = ''] = orEmpty(() => [readFileSync(`/proc/${pid}/cmdline`, 'utf8')]);
  return line
    .replaceAll(/[\0\s]+/g, ' ')
    .trim()
    .slice(0, 80);
}

function holderFromLsof(port: number): PortHolder | undefined {
  const query = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
  const lines = (spawnSync('lsof', query, { encoding: 'utf8' }).stdout ?? '').split('\n');
  const field = (letter: string) => lines.find((line) => line.startsWith(letter))?.slice(1);
  const pid = Number(field('p'));
  return pid > 0 ? { pid, command: field('c') ?? '' } : undefined;
}

/** Processes and sockets end while they are looked at; what is gone counts as nothing. */
function orEmpty(read: () => string[]): string[] {
  try {
    return read();
  } catch {
    return [];
  }
}
