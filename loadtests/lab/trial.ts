// lab/trial.ts: one fault after another on one running target under steady load; always taken back.
// Called by the blast radius; what the faults are is the experiment's business.
import { setTimeout as sleep } from 'node:timers/promises';
import { type LifeEvent, nowMs } from '../targets/life.ts';
import type { ProcessStatus, RunningTarget } from '../targets/platform.ts';
import type { Lab } from './experiment.ts';
import { healAll } from './fault-switch.ts';

/** Something that breaks a target, once. */
export interface Blow {
  readonly name: string;
  /** How long it is left on; left out: as long as the experiment says. */
  readonly holdMs?: number;
  /** @returns when it was struck last, on the clock of nowMs @throws Error when it was refused */
  strike(running: RunningTarget): Promise<number>;
  /** Takes back what healing at the front door does not; may be called more than once. */
  revert?(running: RunningTarget): Promise<void>;
}

/** Times are ms since the start of the load. */
export interface Trial {
  readonly blow: string;
  /** Why the blow could not be struck; null: it was. */
  readonly refused: string | null;
  readonly steadyFromMs: number;
  /** The last time, where it had to be struck more than once. */
  readonly struckAtMs: number;
  readonly revertedAtMs: number;
  /** Healed, and every process ready; null when it never came to that by itself. */
  readonly wellAtMs: number | null;
  readonly endedAtMs: number;
  /**
   * First death of a process, and when the one that followed was ready. Of a function the same moment:
   * it has other processes, or the next request starts one.
   */
  readonly diedAtMs: number | null;
  readonly readyAtMs: number | null;
}

export interface TrialTimes {
  readonly steadyMs: number;
  /** How long the fault is left on. */
  readonly holdMs: number;
  /** After all is well: what is still on its way belongs to this trial. */
  readonly settleMs: number;
  /** The shortest time from the strike to the end: what is counted must lie within the trial. */
  readonly windowMs: number;
  /** What is not well after it is restarted, so that the next trial starts well; the trial says so. */
  readonly recoverMs: number;
}

const LOOK_EVERY_MS = 50;

/** @param zeroMs start of the load on the clock of nowMs */
export async function runTrial(
  lab: Lab,
  running: RunningTarget,
  blow: Blow,
  times: TrialTimes & { zeroMs: number },
): Promise<Trial> {
  const events: LifeEvent[] = [];
  const unsubscribe = running.onEvent((event) => events.push(event));
  try {
    const phases = await strikeAndHeal(lab, running, blow, times);
    return { blow: blow.name, ...phases, ...livesOf(events, times.zeroMs, phases.struckAtMs) };
  } finally {
    unsubscribe();
    // Whatever happened, Ctrl-C included: nothing stays broken.
    try {
      await blow.revert?.(running);
    } finally {
      await healAll(running.baseUrl);
    }
  }
}

async function strikeAndHeal(
  { signal, phase }: Lab,
  running: RunningTarget,
  blow: Blow,
  { steadyMs, holdMs, settleMs, windowMs, recoverMs, zeroMs }: TrialTimes & { zeroMs: number },
) {
  const now = () => nowMs() - zeroMs;
  const wait = (ms: number) => sleep(ms, undefined, { signal });
  const steadyFromMs = now();
  phase({ phase: 'steady', what: running.target.name, lengthMs: steadyMs });
  await wait(steadyMs);
  phase({ phase: 'inject', what: blow.name, lengthMs: 0 });
  const { refused, atMs } = await struck(blow, running);
  const struckAtMs = atMs - zeroMs;
  const leftOnMs = blow.holdMs ?? holdMs;
  phase({ phase: 'hold', what: blow.name, lengthMs: leftOnMs });
  await wait(leftOnMs);
  phase({ phase: 'revert', what: blow.name, lengthMs: 0 });
  await blow.revert?.(running);
  const revertedAtMs = now();
  phase({ phase: 'recover', what: blow.name, lengthMs: 1000 });
  const wellAtMs = (await recovered(running, recoverMs, signal)) ? now() : null;
  if (wellAtMs === null) await repair(running);
  const restMs = Math.max(settleMs, struckAtMs + windowMs - now());
  phase({ phase: 'cooldown', what: blow.name, lengthMs: restMs });
  await wait(restMs);
  return { steadyFromMs, struckAtMs, refused, revertedAtMs, wellAtMs, endedAtMs: now() };
}

/** One blow that misses spoils its block, not the whole run. */
async function struck(blow: Blow, running: RunningTarget) {
  const triedAtMs = nowMs();
  try {
    return { refused: null, atMs: await blow.strike(running) };
  } catch (error) {
    return { refused: (error as Error).message, atMs: triedAtMs };
  }
}

async function recovered(
  running: RunningTarget,
  recoverMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const giveUpAtMs = nowMs() + recoverMs;
  while (nowMs() < giveUpAtMs) {
    const up = allOf(running).every(({ state }) => state === 'ready');
    if (up && (await healAll(running.baseUrl))) return true;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  return false;
}

const allOf = ({ components, databases }: RunningTarget) => [...components, ...databases];

/**
 * Waits until no process would be punished for its last death: the restart policy doubles the wait
 * of one that has not been up for long, and that would be blamed on the next blow.
 */
export async function proven(running: RunningTarget, { signal, phase }: Lab): Promise<void> {
  const started = running.events.filter(({ kind }) => kind === 'started');
  const latestMs = Math.max(0, ...started.map(({ atMs }) => atMs));
  const restMs = latestMs + running.provenAfterMs - nowMs();
  if (restMs <= 0) return;
  phase({ phase: 'steady', what: 'the restart policy forgets', lengthMs: restMs });
  await sleep(restMs, undefined, { signal });
}

/** Restarts what is not ready; where that does not help, a process that is ready is beyond healing. */
async function repair(running: RunningTarget): Promise<void> {
  await restartAll(
    running,
    allOf(running).filter(({ state }) => state !== 'ready'),
  );
  if (!(await healAll(running.baseUrl))) await restartAll(running, running.components);
}

async function restartAll(running: RunningTarget, components: readonly ProcessStatus[]) {
  // What does not come up refuses the next blow, and that discards the block: the run goes on.
  for (const { name } of components) await running.restartComponent(name).catch(() => {});
}

/**
 * The first death since the strike and the next readiness of the same process.
 * @param zeroMs start of the load on the clock of nowMs
 */
export function livesOf(
  events: readonly LifeEvent[],
  zeroMs: number,
  struckAtMs = 0,
): Pick<Trial, 'diedAtMs' | 'readyAtMs'> {
  const died = events.find(({ kind, atMs }) => kind === 'died' && atMs >= zeroMs + struckAtMs);
  // It may have become ready shortly before, too: after the death of the trial before this one.
  const ready = died?.isFunction
    ? died
    : died &&
      events.find(
        ({ kind, name, atMs }) => kind === 'ready' && name === died.name && atMs > died.atMs,
      );
  return {
    diedAtMs: died === undefined ? null : died.atMs - zeroMs,
    readyAtMs: ready === undefined ? null : ready.atMs - zeroMs,
  };
}
