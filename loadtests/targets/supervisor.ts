// targets/supervisor.ts: starts one process, keeps it alive as Docker's `restart: always` would,
// and tells what happens to it. Called by process-platform.ts, once a component.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { nextDelayMs } from '@lab/shared/runtime/backoff.ts';
import { CannotStart } from './cannot-start.ts';
import { lastWords } from './last-words.ts';
import { launch, type ProcessSpec } from './launch.ts';
import { type LifeEvent, type LifeFact, nowMs, type ProcessState } from './life.ts';
import { type Life, newLife } from './life-state.ts';
import { strangerAt } from './port-holder.ts';
import { askReady, nextLookMs } from './readiness.ts';
import { changed, type SpecChange, type Supervised } from './supervised.ts';
import { allWorkersListen, endWorkers, hearOfWorkers, rollOut, signalWorkers } from './workers.ts';

const startFailureExitCode = 2;
const graceMs = 5000;
const waitEveryMs = 5;

/** Starts the process at once; what happens to it goes to `tell`. */
export function startProcess(spec: ProcessSpec, tell: (event: LifeEvent) => void): Supervised {
  const life = newLife(spec, tell);
  run(life);
  return {
    pid: () => life.child?.pid,
    workerPids: () => [...life.workers.keys()],
    state: () => stateOf(life),
    restarts: () => life.restarts,
    waitReady: (timeoutMs) => waitReady(life, timeoutMs),
    kill: () => kill(life),
    pause: () => pause(life),
    resume: () => resume(life),
    stop: () => stop(life),
    restart: (change = {}) => restart(life, change),
    rollOut: (change, readyTimeoutMs) => rollOut(life, change, readyTimeoutMs),
  };
}

function run(life: Life): void {
  const { child, logFromByte } = launch(life.spec);
  life.logFromByte = logFromByte;
  life.startedAtMs = nowMs();
  life.answered = false;
  life.state = 'starting';
  if (child.pid === undefined) {
    child.once('error', (error) => giveUp(life, error.message));
    return;
  }
  life.child = child;
  hearOfWorkers(life, child);
  child.once('exit', (code, signal) => ended(life, child, code, signal));
  announce(life, { kind: 'started', pid: child.pid });
  void lookUntilReady(life, child);
}

async function lookUntilReady(life: Life, child: ChildProcess): Promise<void> {
  while (life.child === child) {
    const { ready, why } = await askReady(life.spec.readyUrl);
    life.notReady = why;
    const atMs = nowMs();
    const stranger = ready ? strangerAt(life.spec.readyUrl, child.pid as number) : undefined;
    if (stranger !== undefined) {
      life.notReady = `process ${stranger.pid} (${stranger.command}), which has its port`;
    } else if (ready && life.child === child) {
      life.answered = true;
      life.everReady = true;
      if (life.state === 'starting') life.state = 'ready';
      announce(life, { kind: 'ready', afterMs: atMs - life.startedAtMs }, atMs);
      return;
    }
    await sleep(nextLookMs(atMs - life.startedAtMs));
  }
}

function ended(life: Life, child: ChildProcess, code: number | null, signal: string | null): void {
  if (child.pid !== undefined) life.spec.guard.forget(child.pid);
  life.child = undefined;
  endWorkers(life);
  if (!life.wanted) {
    life.state = 'stopped';
    announce(life, { kind: 'stopped', code, signal });
    return;
  }
  announce(life, { kind: 'died', code, signal });
  if (code === startFailureExitCode && !life.everReady)
    giveUp(life, lastWords(life.spec.logFile, life.logFromByte));
  else runLater(life);
}

function runLater(life: Life): void {
  life.delayMs = nextDelayMs(life.delayMs, nowMs() - life.startedAtMs, life.spec.provenAfterMs);
  life.state = 'waiting';
  announce(life, { kind: 'restarting', delayMs: life.delayMs });
  life.timer = setTimeout(() => {
    life.restarts += 1;
    run(life);
  }, life.delayMs);
}

function giveUp(life: Life, reason: string): void {
  life.state = 'failed';
  life.reason = reason || 'it exited with code 2 and said nothing';
  announce(life, { kind: 'failed', reason: life.reason });
}

/** With a worker away it serves, but it is not what it was: whoever waits for that must not go on. */
function stateOf(life: Life): ProcessState {
  return life.state === 'ready' && !allWorkersListen(life) ? 'starting' : life.state;
}

async function waitReady(life: Life, timeoutMs: number): Promise<void> {
  const { name, logFile } = life.spec;
  const giveUpAtMs = nowMs() + timeoutMs;
  while (stateOf(life) !== 'ready') {
    if (life.state === 'failed') throw new CannotStart(`${name} cannot start: ${life.reason}`);
    if (life.state === 'stopped') throw new CannotStart(`${name} was stopped before it was ready.`);
    if (nowMs() > giveUpAtMs) {
      const words =
        lastWords(logFile, life.logFromByte) ||
        (life.notReady ? `/ready said ${life.notReady}` : 'not every worker listens');
      const late = `${name} was not ready within ${timeoutMs / 1000} s`;
      throw new CannotStart(`${late}: ${words} (its log: ${logFile}).`);
    }
    await sleep(waitEveryMs);
  }
}

function kill(life: Life): void {
  if (life.child?.kill('SIGKILL') !== true) return;
  // At once: whoever asks for readiness next must not be told of the process that is ending.
  life.state = 'waiting';
}

function pause(life: Life): void {
  if (life.child?.kill('SIGSTOP') !== true) return;
  signalWorkers(life, 'SIGSTOP');
  life.state = 'paused';
  announce(life, { kind: 'paused' });
}

function resume(life: Life): void {
  if (life.state !== 'paused' || life.child?.kill('SIGCONT') !== true) return;
  signalWorkers(life, 'SIGCONT');
  life.state = life.answered ? 'ready' : 'starting';
  announce(life, { kind: 'resumed' });
}

async function stop(life: Life): Promise<void> {
  life.orders += 1;
  await halt(life);
}

async function halt(life: Life): Promise<void> {
  life.wanted = false;
  clearTimeout(life.timer);
  const { child } = life;
  if (child === undefined) {
    life.state = 'stopped';
    return;
  }
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  // A paused process cannot act on SIGTERM until it runs again.
  child.kill('SIGCONT');
  signalWorkers(life, 'SIGCONT');
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(force);
}

async function restart(life: Life, change: SpecChange): Promise<void> {
  life.orders += 1;
  const order = life.orders;
  await halt(life);
  if (life.orders !== order) return;
  life.spec = changed(life.spec, change);
  life.wanted = true;
  life.everReady = false;
  life.delayMs = undefined;
  run(life);
}

function announce(life: Life, fact: LifeFact, atMs = nowMs()): void {
  const { name, of } = life.spec;
  life.tell({ name, of, atMs, ...fact });
}
