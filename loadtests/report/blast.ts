// report/blast.ts: the blast radius as facts: what each crash touched, and which process it killed.
// Used by every report; computes from the stored result alone and words nothing twice.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { isTouched } from '../experiments/findings.ts';
import type {
  Cell,
  ComparisonResult,
  CrashResult,
  OrdersResult,
  TargetResult,
} from '../experiments/result.ts';
import { outcomes } from '../load/outcome.ts';
import { count, percent, plural, seconds } from './figures.ts';
import { type Level, levelOf } from './palette.ts';

/** One cell of the matrix, ready to print. */
export interface Touch {
  readonly feature: Feature;
  readonly level: Level;
  /** Share of requests not ok, 0–1; null when none was sent. */
  readonly ratio: number | null;
  /** Empty where nothing went wrong. */
  readonly share: string;
  readonly duration: string;
  /** The whole cell as a sentence. */
  readonly sentence: string;
  /** Whether this is the feature that was crashed. */
  readonly own: boolean;
}

export function touchOf(crash: CrashResult, feature: Feature): Touch {
  const cell = crash.cells[feature];
  const ratio = cell.sent === 0 ? null : cell.notOk / cell.sent;
  const hit = ratio !== null && ratio > 0;
  return {
    feature,
    ratio,
    level: levelOf(ratio, isTouched(crash, feature)),
    share: hit ? percent(ratio) : '',
    // A single bad request lasts 0 ms from the first to the last: that is short, not nothing.
    duration: hit ? seconds(Math.max(1, cell.badMs)) : '',
    sentence: `${crash.component} crashed: ${cellSentence(feature, cell)}`,
    own: crash.component === feature,
  };
}

export function touchesOf(crash: CrashResult): Touch[] {
  return features.map((feature) => touchOf(crash, feature));
}

/** How far the crashes of one shape's features reached, all together; its front door left out. */
export interface Reach {
  readonly touched: number;
  /** Cells with requests. */
  readonly cells: number;
  readonly notOk: number;
  /** Of these, the ones asked of a feature other than the crashed one. */
  readonly collateral: number;
}

export function reachOf({ crashes }: TargetResult): Reach {
  const names: readonly string[] = features;
  const all = crashes
    .filter(({ component }) => names.includes(component))
    .flatMap((crash) =>
      features.map((feature) => ({
        ...crash.cells[feature],
        touched: isTouched(crash, feature),
        own: crash.component === feature,
      })),
    );
  const sum = (cells: readonly Cell[]) => cells.reduce((total, cell) => total + cell.notOk, 0);
  return {
    touched: all.filter(({ touched }) => touched).length,
    cells: all.filter(({ sent }) => sent > 0).length,
    notOk: sum(all),
    collateral: sum(all.filter(({ own }) => !own)),
  };
}

export function reachSentence(target: TargetResult): string {
  const { touched, cells, notOk, collateral } = reachOf(target);
  const reach = `A crashed feature touched ${touched} of ${cells} cells`;
  const lost = `of ${plural(notOk, 'request')} lost, ${count(collateral)}`;
  return `${reach}; ${lost} asked for a feature that had not crashed.`;
}

/** One crash in one shape, in words. */
export interface Fate {
  readonly process: string;
  readonly words: string;
  /** "6 of 6 features" */
  readonly touched: string;
  readonly bad: boolean;
}

export function fateOf(crash: CrashResult): Fate {
  const { process, diedAtMs, readyAtMs } = crash;
  const asked = features.filter((feature) => crash.cells[feature].sent > 0);
  const hit = asked.filter((feature) => isTouched(crash, feature)).length;
  const touched = `${hit} of ${asked.length} features touched`;
  if (diedAtMs === null) return { process, words: 'did not die', touched, bad: true };
  if (readyAtMs === null) return { process, words: 'died, never came back', touched, bad: true };
  return { process, words: `back after ${seconds(readyAtMs - diedAtMs)}`, touched, bad: false };
}

/** What became of one component's crashes in one shape. */
export interface Fates {
  readonly list: readonly Fate[];
  /** What to say where the list is empty. */
  readonly absence: string;
}

/** One row a component, one entry a shape, in the order of the result. */
export function fates({ targets }: ComparisonResult): { component: string; byTarget: Fates[] }[] {
  const crashes = targets.flatMap((target) => target.crashes);
  const components = [...new Set(crashes.map(({ component }) => component))];
  return components.map((component) => ({
    component,
    byTarget: targets.map((target) => ({
      list: target.crashes.filter((crash) => crash.component === component).map(fateOf),
      absence: absenceOf(target, component),
    })),
  }));
}

function absenceOf({ processes }: TargetResult, component: string): string {
  const has = processes.some(({ name }) => name === component);
  return has ? 'was not crashed' : 'has no such component';
}

/** Every reason not to trust the run, the shapes' own included; empty when there is none. */
export function doubts({ valid, targets }: ComparisonResult): string[] {
  const own = targets.flatMap(({ name, invalid }) => invalid.map((reason) => ({ name, reason })));
  const unsaid = own.filter(({ reason }) => !valid.reasons.some((said) => said.includes(reason)));
  const all = [...valid.reasons, ...unsaid.map(({ name, reason }) => `${name}: ${reason}`)];
  return valid.ok || all.length > 0 ? all : ['The run gives no reason.'];
}

export function ordersHold({ lost, halfDone, problems }: OrdersResult): boolean {
  return lost === 0 && halfDone === 0 && problems.length === 0;
}

function cellSentence(feature: Feature, cell: Cell): string {
  if (cell.sent === 0) return `nothing was asked of ${feature}.`;
  const asked = `${count(cell.sent)} requests to ${feature}`;
  if (cell.notOk === 0) return `all ${asked} were answered well.`;
  const kinds = outcomes
    .filter((outcome) => outcome !== 'ok' && cell.outcomes[outcome] > 0)
    .map((outcome) => `${count(cell.outcomes[outcome])} ${outcome}`);
  return `${count(cell.notOk)} of ${asked} were not ok (${kinds.join(', ')}).`;
}
