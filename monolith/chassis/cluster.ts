// chassis/cluster.ts: several workers on one port and one database, kept alive by a primary.
// Called by server.ts when WORKERS is above 1. The primary serves nobody: it forks, and forks again.
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nextDelayMs } from '@lab/shared/runtime/backoff.ts';
import type { Running } from '@lab/shared/runtime/lifecycle.ts';
import type {
  RolledOut,
  RollOut,
  WorkerFact,
  WorkerNews,
} from '@lab/shared/runtime/worker-news.ts';
import { relayControls } from './worker-controls.ts';

/** A place for a worker, whoever fills it at the moment. */
interface Slot {
  readonly number: number;
  readonly provenAfterMs: number;
  readonly release: Release;
  life?: Life;
  delayMs?: number;
  timer?: NodeJS.Timeout;
}

/** What the workers run. */
type Release = Pick<RollOut['rollOut'], 'cwd' | 'env'>;

/** One worker from its fork to its end. */
interface Life {
  readonly worker: Worker;
  readonly startedMs: number;
  /** False once it was told to stop. */
  wanted: boolean;
}

/** Exit code of a worker that refuses to start: another try would end alike. */
const REFUSED = 2;
/** Far longer than a message between two processes takes; what is lost then is never answered. */
const HAND_BACK_MS = 100;

/** Whether this process is to lead workers instead of serving. */
export const isPrimary = (workers: number): boolean => workers > 1 && cluster.isPrimary;

/**
 * Forks workers, each of which runs the entry of this process, and replaces those that die: after
 * 100 ms, doubling. Resolves when all listen; ends the process when one refuses to start.
 * @param provenAfterMs after how long up a worker's next restart waits 100 ms again
 */
export async function startWorkers(count: number, provenAfterMs: number): Promise<Running> {
  const release = { cwd: process.cwd(), env: {} };
  const slots = Array.from({ length: count }, (_, index): Slot => {
    return { number: index + 1, provenAfterMs, release };
  });
  relayControls();
  const codes = await Promise.all(slots.map((slot) => isListening(begin(slot, release))));
  if (codes.includes(REFUSED)) process.exit(REFUSED);
  process.on('message', async ({ rollOut }: RollOut) => {
    const failure = await replaceAll(slots, rollOut).catch((error: Error) => error.message);
    process.send?.({ rolledOut: failure ?? null } satisfies RolledOut);
  });
  return {
    async close() {
      await Promise.all(slots.map(end));
    },
  };
}

/** In a worker whose server has closed: connections on their way to it go back to the primary first. */
export async function handBack(): Promise<void> {
  if (cluster.isWorker) await sleep(HAND_BACK_MS);
}

/** Forks a worker of `release` and makes it the one of the slot. */
function begin(slot: Slot, release: Release): Life {
  const life = fork(slot, release);
  slot.life = life;
  return life;
}

function fork(slot: Slot, { cwd, env }: Release): Life {
  cluster.setupPrimary({ exec: join(cwd, basename(process.argv[1] ?? '')), cwd });
  const worker = cluster.fork(env);
  const life: Life = { worker, startedMs: performance.now(), wanted: true };
  tell(slot, life, { kind: 'started' });
  worker.once('listening', () => {
    tell(slot, life, { kind: 'ready', afterMs: performance.now() - life.startedMs });
  });
  worker.once('exit', (code: number | null, signal: string | null) => {
    tell(slot, life, { kind: life.wanted ? 'died' : 'stopped', code, signal });
    if (life.wanted && slot.life === life) beginLater(slot, life);
  });
  return life;
}

function beginLater(slot: Slot, ended: Life): void {
  const upMs = performance.now() - ended.startedMs;
  const delayMs = nextDelayMs(slot.delayMs, upMs, slot.provenAfterMs);
  slot.delayMs = delayMs;
  tell(slot, ended, { kind: 'restarting', delayMs });
  slot.timer = setTimeout(() => begin(slot, slot.release), delayMs);
}

/** One slot at a time: the new worker listens before the old one is told to go. */
async function replaceAll(slots: Slot[], rollOut: RollOut['rollOut']): Promise<void> {
  for (const [at, old] of slots.entries()) {
    const number = 1 + Math.max(...slots.map((slot) => slot.number));
    const slot: Slot = { ...old, number, release: rollOut };
    const life = fork(slot, rollOut);
    const late = setTimeout(() => life.worker.process.kill('SIGKILL'), rollOut.readyTimeoutMs);
    const code = await isListening(life);
    clearTimeout(late);
    if (code !== 'listening') throw new Error(`its worker ${number} did not listen`);
    slot.life = life;
    slots[at] = slot;
    await end(old);
  }
}

/** @returns the exit code, null for a signal, if it ended before */
async function isListening({ worker }: Life): Promise<'listening' | number | null> {
  const ended = once(worker, 'exit').then(([code]) => code as number | null);
  return Promise.race([once(worker, 'listening').then(() => 'listening' as const), ended]);
}

/** SIGTERM: the worker finishes what it has and exits. */
async function end({ life, timer }: Slot): Promise<void> {
  clearTimeout(timer);
  if (life === undefined || life.worker.isDead()) return;
  life.wanted = false;
  const gone = once(life.worker, 'exit');
  life.worker.process.kill('SIGTERM');
  await gone;
}

function tell(slot: Slot, { worker }: Life, fact: WorkerFact): void {
  const pid = worker.process.pid ?? 0;
  const news: WorkerNews = { worker: slot.number, pid, ...fact };
  if (process.connected) process.send?.(news);
}
