// lab/reasons.ts: why a run is not valid, and what to bear in mind of one that is.
// Called by evaluate.ts; all pure.
import type { Definition } from './definition.ts';
import type { ArmPlan } from './experiment.ts';
import type { Block, Effect, Verdict } from './result.ts';
import { amount, range } from './words.ts';

/** A report is read by people: the rest is in result.json. */
const MOST_NOTES = 20;

/** @returns why the run is not valid; empty when it is */
export function tooFewBlocks(blocks: readonly Block[], accepted: number, wanted: number): string[] {
  if (accepted >= wanted) return [];
  const counts = new Map<string, number>();
  for (const why of blocks.flatMap(({ discarded }) => [...new Set(discarded)]))
    counts.set(why, (counts.get(why) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  const because = most === undefined ? '' : ` Most often: ${most[0].replace(/\.$/, '')}.`;
  return [`Only ${accepted} of ${wanted} blocks could be accepted.${because}`];
}

/** Fewer accepted blocks than this, and nothing is claimed, whatever the interval says. */
export const CLAIM_BLOCKS = 6;

/** @returns what a run with few blocks can tell, and what it cannot; empty for a longer one */
export function shortRun(accepted: number): string[] {
  if (accepted === 0 || accepted >= CLAIM_BLOCKS) return [];
  const of = accepted === 1 ? 'one block' : `${accepted} blocks`;
  return [
    `A short run, of ${of}: what it counts is true of it alone, and from ${CLAIM_BLOCKS} blocks on ` +
      'a difference may be claimed.',
  ];
}

/** @returns what was noted of the arms whose invariants broke, with ids where there are any */
export function notesOfBroken(
  { hypotheses }: Definition,
  verdicts: readonly Verdict[],
  blocks: readonly Block[],
): string[] {
  const broken = verdicts.filter(({ invariant, status }) => invariant && status === 'refuted');
  const ids = new Set(broken.map(({ hypothesis }) => hypothesis));
  const arms = new Set(hypotheses.flatMap(({ id, arm }) => (ids.has(id) ? [arm] : [])));
  const notes = blocks.flatMap(({ samples }) =>
    samples
      .filter(({ arm }) => arms.has(arm))
      .flatMap(({ arm, notes = [] }) => notes.map((note) => `${arm}: ${note}.`)),
  );
  const more = notes.length - MOST_NOTES;
  return [...notes.slice(0, MOST_NOTES), ...(more > 0 ? [`And ${more} more.`] : [])];
}

/** @returns where the same target measured twice differs by more than noise explains */
export function unevenTwins(
  { metrics }: Definition,
  arms: readonly ArmPlan[],
  effects: readonly Effect[],
): string[] {
  const twins = new Set(arms.flatMap(({ name, twinOf }) => (twinOf === undefined ? [] : [name])));
  return effects
    .filter(({ arm }) => twins.has(arm))
    .flatMap(({ arm, versus, metric, ratio: { value, low, high } }) => {
      if (low === null || high === null || (low <= 1 && high >= 1)) return [];
      const measured = `${amount(value, '×')} (${range(low, high, '×')})`;
      const label = metrics[metric]?.label ?? metric;
      return [`The A/A interval excludes 1: ${label}, ${arm} ÷ ${versus}, is ${measured}.`];
    });
}
