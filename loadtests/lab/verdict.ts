// lab/verdict.ts: one prediction held against what was measured: held, refuted, or not decided.
// Called by evaluate.ts for each hypothesis of a definition; never written by hand.
import type { Definition, Hypothesis, Metric } from './definition.ts';
import type { Block, Interval, Status, Verdict } from './result.ts';
import { intervalOf, pooledOf, ratiosOf, valuesOf } from './values.ts';
import { amount, range, within } from './words.ts';

/**
 * @param blocks the accepted ones; for an invariant all
 * @param measured all of them: what was measured and not accepted is not decided
 */
export function verdictOf(
  hypothesis: Hypothesis,
  { metrics }: Definition,
  blocks: readonly Block[],
  measured: readonly Block[] = blocks,
): Verdict {
  const metric = metrics[hypothesis.metric] as Metric;
  const unit = hypothesis.versus === undefined ? metric.unit : '×';
  const values = measuredOf(hypothesis, blocks);
  const found = values.length === 0 ? undefined : findingOf(hypothesis, values, blocks);
  return {
    hypothesis: hypothesis.id,
    text: hypothesis.text,
    predicted: within(hypothesis, unit),
    ...(found === undefined
      ? unfound(measuredOf(hypothesis, measured).length > 0)
      : {
          measured: wordsOf(hypothesis, found, values, unit),
          status: statusOf(hypothesis, found, values),
        }),
    invariant: hypothesis.invariant === true,
  };
}

function unfound(wasMeasured: boolean): Pick<Verdict, 'measured' | 'status'> {
  return wasMeasured
    ? { measured: 'in no block that counts', status: 'inconclusive' }
    : { measured: '', status: 'not applicable' };
}

function measuredOf({ metric, arm, versus }: Hypothesis, blocks: readonly Block[]): number[] {
  return versus === undefined
    ? valuesOf(blocks, arm, metric)
    : ratiosOf(blocks, metric, arm, versus);
}

function findingOf(
  { judge, metric, arm }: Hypothesis,
  values: readonly number[],
  blocks: readonly Block[],
): Interval | undefined {
  if (judge !== 'pooled') return intervalOf(values);
  return pooledOf(blocks, arm, metric);
}

function statusOf(hypothesis: Hypothesis, found: Interval, values: readonly number[]): Status {
  const { judge, atLeast = -Infinity, atMost = Infinity } = hypothesis;
  const complies = (value: number) => value >= atLeast && value <= atMost;
  if (judge === 'every') return values.every(complies) ? 'held' : 'refuted';
  const { low, high } = found;
  // Too few blocks for an interval: nothing is decided.
  if (low === null || high === null) return 'inconclusive';
  if (complies(low) && complies(high)) return 'held';
  return high < atLeast || low > atMost ? 'refuted' : 'inconclusive';
}

function wordsOf(
  { judge }: Hypothesis,
  { value, low, high }: Interval,
  values: readonly number[],
  unit: string,
): string {
  if (judge === 'every') {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return least === most ? `${amount(least, unit)} in every block` : range(least, most, unit);
  }
  const around =
    low === null || high === null ? 'too few blocks for an interval' : range(low, high, unit);
  return `${amount(value, unit)} (${around})`;
}
