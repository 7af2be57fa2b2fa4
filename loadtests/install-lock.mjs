// install-lock.mjs: a file that names the process which installs; it counts while that process lives.
// Called by install.mjs. Plain JavaScript for every Node: it works before anything is installed.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { dirname } from 'node:path';

const askAgainMs = 500;

/** @returns once no living process holds the lock, and this one does */
export async function lockedBy(file, whenWaiting) {
  for (let times = 0; !take(file); times += 1) {
    if (times === 0) whenWaiting(holderOf(file));
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
  let holder = process.pid;
  return {
    passTo(pid) {
      holder = pid;
      writeFileSync(file, String(pid));
    },
    release() {
      if (holderOf(file) === holder) rmSync(file, { force: true });
    },
  };
}

function take(file) {
  mkdirSync(dirname(file), { recursive: true });
  dropAbandoned(file);
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** Moved aside and looked at again: another may have taken its place meanwhile. */
function dropAbandoned(file) {
  if (isHeld(file)) return;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (isHeld(aside)) renameSync(aside, file);
  else rmSync(aside);
}

function isHeld(file) {
  const pid = holderOf(file);
  const bornMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const ageMs = Date.now() - bornMs;
  // Just made, and its holder not yet written.
  if (!(pid > 0)) return ageMs < askAgainMs;
  return ageMs < uptime() * 1000 && isAlive(pid);
}

/** @returns 0 where nobody is named */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return 0;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
