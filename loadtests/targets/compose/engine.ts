// targets/compose/engine.ts: runs docker, and says in one sentence when there is none.
// Called by its neighbours and by `npm run test:compose`.
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { CannotStart } from '../cannot-start.ts';
import { repoRoot } from '../lab-folders.ts';

const run = promisify(execFile);

/** Process groups of the commands under way: docker and the plugin that it starts. */
const groups = new Set<number>();
const watchers = new Set<(groups: readonly number[]) => void>();

/** Tells of the commands under way, now and whenever they change. @returns the end of it */
export function watchCommands(tell: (groups: readonly number[]) => void): () => void {
  watchers.add(tell);
  tell([...groups]);
  return () => watchers.delete(tell);
}

function tellAll(): void {
  for (const tell of watchers) tell([...groups]);
}

/**
 * @param input for its standard input
 * @returns what it printed on standard output
 * @throws CannotStart with the last lines of what docker said
 */
export function docker(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input = '',
): Promise<string> {
  // A group of its own: Ctrl-C is the lab's to handle, and a guard can end all of it.
  const child = spawn('docker', args, {
    cwd: repoRoot,
    // Where a person keeps the books elsewhere, the lab does not.
    env: { ...process.env, REPORTS_DATABASE_URL: '', ...env },
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) groups.add(pid);
  tellAll();
  // A command that fails at once has closed its input.
  child.stdin.on('error', () => {}).end(input);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(new CannotStart(sentenceOf(args, Object.assign(error, { stderr: said.stderr }))));
    child.once('error', refuse);
    child.once('close', (code) => {
      if (pid !== undefined) groups.delete(pid);
      tellAll();
      if (code === 0) resolve(said.stdout);
      else refuse(new Error(`it ended with ${code}`));
    });
  });
}

/** What a command that ends well says on standard error; its error's words where it does not. */
export async function warningsOf(args: readonly string[]): Promise<string> {
  try {
    return (await run('docker', args, { cwd: repoRoot })).stderr.trim();
  } catch (error) {
    return sentenceOf(args, error as NodeJS.ErrnoException & { stderr?: string });
  }
}

/** What a container said last, on both streams; empty when there is no such container. */
export async function lastLines(container: string, count: number): Promise<string> {
  const args = ['logs', '--tail', String(count), container];
  const { stdout, stderr } = await run('docker', args).catch(() => ({ stdout: '', stderr: '' }));
  return `${stdout}${stderr}`.trim();
}

/** @throws CannotStart where there is no engine, or no Compose v2 beside it */
export async function findEngine(): Promise<void> {
  await docker(['version', '--format', '{{.Server.Version}}']);
  await docker(['compose', 'version', '--short']);
}

/** `compose up` of `compose --project-name shop --file a.yml up --wait`. */
function commandOf([what = '', ...rest]: readonly string[]): string {
  const verb = rest.find((word, at) => !word.startsWith('-') && !rest[at - 1]?.startsWith('--'));
  return what === 'compose' ? `compose ${verb ?? ''}` : what;
}

/** @param error what running it threw */
export function sentenceOf(
  args: readonly string[],
  { code, message, stderr = '' }: NodeJS.ErrnoException & { stderr?: string },
): string {
  if (code === 'ENOENT')
    return 'Docker is not installed: install it with Compose v2, or use `npm start`, which needs neither.';
  // Not its every refusal: those begin "Error response from daemon".
  if (/cannot connect to the docker daemon|is the docker daemon running/i.test(stderr))
    return 'No Docker engine answers: start it, or use `npm start`, which needs none.';
  const said = stderr.trim().split('\n').slice(-3).join(' ') || message;
  return `docker ${commandOf(args)} failed: ${said}`;
}
