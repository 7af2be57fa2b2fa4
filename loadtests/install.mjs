// install.mjs: installs the packages where they are missing, by npm ci, once however many ask.
// Called by run.mjs. Plain JavaScript without dependencies: it works before anything is installed.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lockedBy } from './install-lock.mjs';

export const couldNotRunExitCode = 2;
/** What a shell reports of a program that Ctrl-C ended: 128 + SIGINT. */
const interruptedExitCode = 130;
/** From the signal to the end of npm; what it leaves half done the next installation does anew. */
const npmGraceMs = 2000;
/** A terminal that is closed, too: npm is in a group of its own. */
const stops = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const root = fileURLToPath(new URL('..', import.meta.url));

export const readJson = (path) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

/** By content, not by time: git gives old files new times. What only other systems need is left out. */
export function isInstalled() {
  const present = installed();
  return Object.entries(wanted()).every(
    ([path, { version, optional }]) => optional || present[path]?.version === version,
  );
}

function installed() {
  try {
    return readJson('node_modules/.package-lock.json').packages;
  } catch {
    // Missing, or half written by another terminal.
    return {};
  }
}

function wanted() {
  return { ...readJson('package-lock.json').packages, '': { optional: true } };
}

/**
 * Two of npm at once would delete each other's files: whoever comes second waits for the first.
 * @returns the exit code
 */
export async function install() {
  const file = '.lab/installing';
  const lock = await lockedBy(`${root}${file}`, (pid) =>
    console.log(
      `Another terminal installs the packages: waiting for process ${pid} (see ${file}).`,
    ),
  );
  try {
    return isInstalled() ? 0 : await installHere(lock);
  } finally {
    lock.release();
    performance.mark('installed');
  }
}

async function installHere(lock) {
  const count = Object.values(wanted()).filter(({ link, optional }) => !link && !optional).length;
  console.log(`Installing ${count} packages, two to five minutes:
SQLite's addon is compiled here if no prebuilt one can be had.`);
  const passed = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  const startedMs = Date.now();
  const ticker = setInterval(() => show(`  ${passed()}`), 1000);
  const { code, output, stopped } = await npmCi(lock);
  clearInterval(ticker);
  show('');
  if (stopped) return interruptedExitCode;
  if (code === 0) console.log(`Installed in ${passed()}.\n`);
  else console.error(`${output}\nThe packages could not be installed: npm's words are above.`);
  return code === 0 ? 0 : couldNotRunExitCode;
}

/** @returns also whether a signal came meanwhile */
function npmCi(lock) {
  const npm = process.env.npm_execpath ?? '';
  const [command, ...first] = npm.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm'];
  const shell = process.platform === 'win32';
  // In a group of its own, where there are groups: what npm has begun is then ended with it.
  const child = spawn(command, [...first, 'ci'], { cwd: root, shell, detached: !shell });
  // It goes on where this process is killed.
  if (child.pid !== undefined) lock.passTo(child.pid);
  const end = (signal) => (shell ? child.kill(signal) : endGroup(child.pid, signal));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  // Waited for: whoever starts again meanwhile would be in npm's way. It would go on for half a minute.
  let stopped = false;
  const stop = (signal) => {
    if (!stopped) console.log('\nStopping: the next start installs what is missing.');
    stopped = true;
    end(signal);
    setTimeout(end, npmGraceMs, 'SIGKILL').unref();
  };
  for (const signal of stops) process.on(signal, stop);
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ code: 1, output: message, stopped }));
    child.once('close', (code) => resolve({ code, output, stopped }));
  }).finally(() => {
    for (const signal of stops) process.off(signal, stop);
  });
}

function endGroup(pid, signal) {
  // Never begun: its error says so.
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Ended meanwhile.
    if (error.code !== 'ESRCH') throw error;
  }
}

function show(text) {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${text}`);
}
