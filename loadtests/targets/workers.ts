// targets/workers.ts: the workers of a process that forks some: who lives, what happens, how they end.
// Called by supervisor.ts; the process tells of them over its channel.
import type { ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import type { RolledOut, WorkerNews } from '@lab/shared/runtime/worker-news.ts';
import { CannotStart } from './cannot-start.ts';
import { lastWords } from './last-words.ts';
import { nowMs } from './life.ts';
import type { Life } from './life-state.ts';
import { processBirth } from './process-times.ts';
import { changed, type SpecChange } from './supervised.ts';

/** Listens to a child that was just started. */
export function hearOfWorkers(life: Life, child: ChildProcess): void {
  if (life.spec.workers === undefined) return;
  child.on('message', (news: WorkerNews) => {
    if (life.child === child && news.worker !== undefined) heard(life, news);
  });
}

/** False while one of them is away or still starting: it would miss whatever all are told. */
export function allWorkersListen({ spec, workers }: Life): boolean {
  const listening = [...workers.values()].filter(({ listens }) => listens);
  return listening.length >= (spec.workers ?? 0);
}

export function signalWorkers(life: Life, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  for (const [pid, { birth }] of life.workers) send(pid, birth, signal);
}

/** To be called when the process has ended: a worker that hangs would not notice, and live on. */
export function endWorkers(life: Life): void {
  signalWorkers(life, 'SIGKILL');
  for (const pid of life.workers.keys()) life.spec.guard.forget(pid);
  life.workers.clear();
}

/** Implements `rollOut` of supervised.ts. */
export async function rollOut(
  life: Life,
  change: SpecChange,
  readyTimeoutMs: number,
): Promise<void> {
  const { child, spec } = life;
  if (child === undefined) throw new CannotStart(`${spec.name} does not run: restart it first.`);
  const logFromByte = statSync(spec.logFile).size;
  const answer = rolledOut(child);
  const next = changed(spec, change);
  child.send({ rollOut: { cwd: next.cwd, env: next.env, readyTimeoutMs } });
  const failure = await answer;
  if (failure !== null) {
    const words = lastWords(spec.logFile, logFromByte);
    throw new CannotStart(`${spec.name} cannot be rolled out, ${failure}: ${words}`);
  }
  life.spec = next;
}

function rolledOut(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    const finish = (failure: string | null) => {
      child.off('message', hear);
      child.off('exit', end);
      resolve(failure);
    };
    const hear = ({ rolledOut }: RolledOut) => {
      if (rolledOut !== undefined) finish(rolledOut);
    };
    const end = () => finish('its primary ended');
    child.on('message', hear);
    child.once('exit', end);
  });
}

function heard(life: Life, { worker, pid, name: own, ...fact }: WorkerNews): void {
  const { name, guard } = life.spec;
  const workerName = own ?? `${name}-worker-${worker}`;
  if (fact.kind === 'started') {
    life.workers.set(pid, { birth: processBirth(pid), listens: false });
    guard.watch(pid, workerName);
  }
  const known = life.workers.get(pid);
  if (fact.kind === 'ready' && known) life.workers.set(pid, { ...known, listens: true });
  if (fact.kind === 'died' || fact.kind === 'stopped') {
    life.workers.delete(pid);
    guard.forget(pid);
  }
  const said = fact.kind === 'started' ? { ...fact, pid } : fact;
  const isFunction = own !== undefined;
  life.tell({
    name: workerName,
    of: name,
    ...(isFunction && { isFunction }),
    atMs: nowMs(),
    ...said,
  });
}

/** The pid may have been given to another process since. */
function send(pid: number, birth: string | undefined, signal: NodeJS.Signals): void {
  if (birth === undefined || processBirth(pid) !== birth) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in this very moment.
  }
}
