// lab/evaluate.ts: from stored blocks to summaries, effects, verdicts and validity, by arithmetic alone.
// Called by run-experiment.ts; a report draws what is found here and judges nothing anew.
import { claimOf } from '../statistics/claim.ts';
import type { Definition, Hypothesis } from './definition.ts';
import type { ArmPlan } from './experiment.ts';
import { CLAIM_BLOCKS, notesOfBroken, shortRun, tooFewBlocks, unevenTwins } from './reasons.ts';
import type { Block, Effect, Evaluation, Interval, Verdict } from './result.ts';
import { type Extent, missingArm } from './unmeasured.ts';
import { acceptedOf, intervalOf, isTrials, pooledOf, ratiosOf, valuesOf } from './values.ts';
import { verdictOf } from './verdict.ts';

/**
 * @param wanted accepted blocks asked for: with fewer the run is not valid
 * @param extent tells arms that were left out from names with a slip; not looked for without it
 */
export function evaluate(
  definition: Definition,
  arms: readonly ArmPlan[],
  blocks: readonly Block[],
  wanted: number,
  extent?: Extent,
): Omit<Evaluation, 'sentence'> {
  const accepted = acceptedOf(blocks);
  const invalid = tooFewBlocks(blocks, accepted.length, wanted);
  const effects = effectsOf(definition, arms, accepted);
  const judged = definition.hypotheses.map((hypothesis) =>
    judge(hypothesis, definition, blocks, extent),
  );
  const verdicts = judged.map(({ verdict }) => verdict);
  return {
    valid: invalid.length === 0,
    reasons: [
      ...invalid,
      ...notesOfBroken(definition, verdicts, blocks),
      ...judged.flatMap(({ unmeasured }) => unmeasured),
      ...unevenTwins(definition, arms, effects),
      ...shortRun(accepted.length),
    ],
    accepted: accepted.length,
    discarded: blocks.length - accepted.length,
    summaries: summariesOf(accepted),
    effects,
    verdicts,
  };
}

interface Judged {
  readonly verdict: Verdict;
  /** One sentence where the arm is missing without a reason. */
  readonly unmeasured: readonly string[];
}

function judge(
  hypothesis: Hypothesis,
  definition: Definition,
  blocks: readonly Block[],
  extent: Extent | undefined,
): Judged {
  // An order that is lost is lost, however busy the machine was.
  const counted = hypothesis.invariant ? blocks : acceptedOf(blocks);
  const verdict = verdictOf(hypothesis, definition, counted, blocks);
  const missing = extent && missingArm(hypothesis, blocks, extent);
  if (missing === undefined) return { verdict, unmeasured: [] };
  const status = hypothesis.invariant ? 'inconclusive' : verdict.status;
  const why = `No arm "${missing}" was measured, so ${hypothesis.id} is not judged.`;
  return { verdict: { ...verdict, status }, unmeasured: [why] };
}

function summariesOf(blocks: readonly Block[]): Evaluation['summaries'] {
  const seen = new Map<string, { arm: string; metric: string }>();
  for (const { samples } of blocks)
    for (const { arm, metrics } of samples)
      for (const metric of Object.keys(metrics)) seen.set(`${arm}\n${metric}`, { arm, metric });
  return [...seen.values()]
    .filter(({ metric }) => !isTrials(metric))
    .map(({ arm, metric }) => ({ arm, metric, ...summaryOf(blocks, arm, metric) }));
}

/** The median over blocks; of a count of successes the share of all trials. */
function summaryOf(blocks: readonly Block[], arm: string, metric: string): Interval {
  return pooledOf(blocks, arm, metric) ?? intervalOf(valuesOf(blocks, arm, metric));
}

function effectsOf(
  { metrics }: Definition,
  arms: readonly ArmPlan[],
  blocks: readonly Block[],
): Effect[] {
  return arms.flatMap(({ name, versus, twinOf }) => {
    const baseline = versus ?? twinOf;
    if (baseline === undefined) return [];
    // A twin is the noise: held against itself it would say nothing.
    const twin = twinOf ? undefined : arms.find((arm) => arm.twinOf === baseline)?.name;
    return Object.keys(metrics).flatMap((metric) => {
      const ratios = ratiosOf(blocks, metric, name, baseline);
      if (ratios.length === 0) return [];
      const ratio = intervalOf(ratios);
      const noise = twin === undefined ? [] : ratiosOf(blocks, metric, twin, baseline);
      const aa = noise.length === 0 ? null : intervalOf(noise);
      return [
        { metric, arm: name, versus: baseline, ratio, aa, claim: claimed(ratio, aa, ratios) },
      ];
    });
  });
}

function claimed(ratio: Interval, aa: Interval | null, { length }: readonly number[]) {
  if (length < CLAIM_BLOCKS) return 'not judged';
  return claimOf({ effect: bounds(ratio), aa: aa && bounds(aa) });
}

function bounds({ low, high }: Interval) {
  return low === null || high === null ? null : { low, high };
}
