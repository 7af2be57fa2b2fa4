// live/outcome-of.ts: what an experiment that has ended says to the question that was bet on.
// Called by lab-runs.ts; nothing is judged anew: the verdict is that of the report.
import { readFile } from 'node:fs/promises';
import type { Hypothesis } from '../../lab/definition.ts';
import type { LabResult } from '../../lab/result.ts';
import { acceptedOf, ratiosOf, valuesOf } from '../../lab/values.ts';
import { bets } from './bets.ts';
import type { OutcomeLive } from './live-state.ts';

/** @returns null where there is no such result, or nothing in it that answers */
export async function outcomeOf(id: string, file: string): Promise<OutcomeLive | null> {
  const bet = bets.find((one) => one.id === id);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (bet === undefined || text === undefined) return null;
  const { results } = JSON.parse(text) as { results: readonly LabResult[] };
  for (const { definition, evaluation, blocks } of results) {
    if (definition.id !== id) continue;
    const hypothesis = definition.hypotheses.find((one) => one.id === bet.hypothesis);
    const verdict = evaluation.verdicts.find((one) => one.hypothesis === bet.hypothesis);
    if (hypothesis === undefined || verdict === undefined) continue;
    const values = valuesFor(hypothesis, blocks);
    if (values.length === 0) return null;
    return {
      unit: bet.unit,
      formula: definition.formula ?? null,
      text: verdict.text,
      status: verdict.status,
      predicted: { low: hypothesis.atLeast ?? null, high: hypothesis.atMost ?? null },
      measured: { low: Math.min(...values), high: Math.max(...values) },
    };
  }
  return null;
}

/** One a block. */
function valuesFor({ metric, arm, versus }: Hypothesis, all: LabResult['blocks']): number[] {
  const blocks = acceptedOf(all);
  return versus === undefined
    ? valuesOf(blocks, arm, metric)
    : ratiosOf(blocks, metric, arm, versus);
}
