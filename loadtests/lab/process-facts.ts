// lab/process-facts.ts: how a process really runs, by the kernel's account and not by what was asked.
// Used by fairness.ts; Linux only.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What every process of every target is to be started with alike. */
const SETTINGS = ['NODE_ENV', 'LOG_LEVEL', 'LAB_CHAOS', 'RATE_LIMIT_RPS'];

/** `NODE_ENV=production, …` as it was started. @throws Error when it has ended */
export async function settingsOf(pid: number): Promise<string> {
  const all = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
  return SETTINGS.map(
    (name) => all.find((one) => one.startsWith(`${name}=`)) ?? `${name} not set`,
  ).join(', ');
}

/** `core 0`, `core 0-1`: where the kernel may run it. @throws Error when it has ended */
export async function coresOf(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return `core ${/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? 'unknown'}`;
}

/** Of the program that runs, asked of that program. @throws Error when the process has ended */
export async function nodeVersionOf(pid: number): Promise<string> {
  // Not by its path: in a container that is another file's.
  const { stdout } = await promisify(execFile)(`/proc/${pid}/exe`, ['--version']);
  return stdout.trim();
}
