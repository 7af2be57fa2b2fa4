// screen/lab-state.ts: how far an experiment is, put together from the events the lab tells.
// Kept by lab-screen.ts; drawn by lab-block.ts and lab-lines.ts, which know nothing else.
import type { PhaseStep, Watcher } from '../lab/watcher.ts';
import type { LiveSecond } from '../load/run-attack.ts';

/** Times are those of the screen's clock, in ms. */
export interface LabState {
  code: string;
  title: string;
  /** Accepted blocks asked for. */
  blocksWanted: number;
  /** `index` from 0; the counts are those of the blocks before it. */
  block: { readonly index: number; readonly accepted: number; readonly discarded: number };
  arm: ArmState | undefined;
  phase: (PhaseStep & { readonly sinceMs: number }) | undefined;
  /** A fault was injected at least once, so the trials have phases after `steady`. */
  hasFaults: boolean;
  /** How long each arm took that is over. */
  readonly armsMs: number[];
}

export interface ArmState {
  readonly name: string;
  /** From 0. */
  readonly at: number;
  readonly of: number;
  readonly sinceMs: number;
  /** By attack, by second; the attack that began last comes last. */
  readonly attacks: Map<string, Map<number, LiveSecond>>;
}

/** Everything a watcher is told but notes, which change no state. */
export type StateChanges = Omit<Watcher, 'note'>;

export function createLabState(nowMs: () => number): { state: LabState; changes: StateChanges } {
  const state: LabState = { ...blank, armsMs: [] };
  const endArm = () => {
    if (state.arm !== undefined) state.armsMs.push(nowMs() - state.arm.sinceMs);
    state.arm = undefined;
    state.phase = undefined;
  };
  const changes: StateChanges = {
    begin({ code, title }, blocksWanted) {
      Object.assign(state, { ...blank, code, title, blocksWanted });
      state.armsMs.length = 0;
    },
    block(at) {
      endArm();
      state.block = at;
    },
    arm(step) {
      endArm();
      state.arm = { ...step, sinceMs: nowMs(), attacks: new Map() };
    },
    phase(step) {
      state.phase = { ...step, sinceMs: nowMs() };
      state.hasFaults ||= step.phase === 'inject';
    },
    second(attack, second) {
      const seconds = state.arm?.attacks.get(attack) ?? new Map<number, LiveSecond>();
      state.arm?.attacks.set(attack, seconds.set(second.second, second));
    },
  };
  return { state, changes };
}

/**
 * The seconds of the attack that began last, oldest first. The running one is left out: most of its
 * requests are still on their way, and it would look like an outage.
 */
export function secondsOf({ arm }: LabState): LiveSecond[] {
  const latest = [...(arm?.attacks.values() ?? [])].at(-1);
  const seconds = [...(latest?.values() ?? [])].sort((a, b) => a.second - b.second);
  return seconds.at(-1)?.final === false ? seconds.slice(0, -1) : seconds;
}

/** `block 3 (1 of 10 accepted, 1 discarded)`: discarded ones are run again, so 3 may be beyond 10. */
export function blockWords({ block, blocksWanted }: LabState): string {
  const { index, accepted, discarded } = block;
  return `block ${index + 1} (${accepted} of ${blocksWanted} accepted, ${discarded} discarded)`;
}

/** Share of the wanted arms that have been measured in accepted blocks, 0–1. */
export function doneRatio({ arm, block, blocksWanted }: LabState): number {
  const ofBlock = arm === undefined ? 0 : arm.at / arm.of;
  return blocksWanted === 0 ? 0 : Math.min(1, (block.accepted + ofBlock) / blocksWanted);
}

/**
 * From the median of the arms so far; blocks yet to be discarded are not foreseen.
 * @returns undefined before the first arm is over
 */
export function leftMs({ arm, armsMs, block, blocksWanted }: LabState, now: number) {
  if (arm === undefined || armsMs.length === 0) return undefined;
  const armMs = armsMs.toSorted((a, b) => a - b)[Math.floor(armsMs.length / 2)] ?? 0;
  const armsToCome = (blocksWanted - block.accepted) * arm.of - arm.at - 1;
  const ofThisMs = Math.max(0, armMs - (now - arm.sinceMs));
  return Math.max(0, armsToCome) * armMs + ofThisMs;
}

const blank = {
  code: '',
  title: '',
  blocksWanted: 0,
  block: { index: 0, accepted: 0, discarded: 0 },
  arm: undefined,
  phase: undefined,
  hasFaults: false,
};
