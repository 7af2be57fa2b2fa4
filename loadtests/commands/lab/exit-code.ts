// commands/lab/exit-code.ts: what a run of experiments tells the program that started it.
// Pure; used by run-order.ts and printed by screen/lab-verdicts.ts. CannotStart, too, is code 2.
import type { LabResult } from '../../lab/result.ts';

export type ExitCode = 0 | 1 | 2 | 3;

/**
 * A broken invariant counts even in a run that is not valid: an order that is lost is lost.
 * @param failures of experiments without a result
 */
export function exitCodeOf(
  results: readonly LabResult[],
  failures: readonly string[] = [],
): ExitCode {
  const invariants = results.flatMap(({ evaluation }) =>
    evaluation.verdicts.filter(({ invariant }) => invariant),
  );
  if (invariants.some(({ status }) => status === 'refuted')) return 1;
  if (failures.length > 0) return 2;
  const isTrusted = results.every(({ evaluation, partial }) => evaluation.valid && !partial);
  const isDecided = invariants.every(({ status }) => status !== 'inconclusive');
  return results.length > 0 && isTrusted && isDecided ? 0 : 3;
}

export const exitMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'every experiment is valid and every invariant holds',
  1: 'an invariant broke: that is a fault of the shop, not of a prediction',
  2: 'an experiment could not be run; what the others found is kept',
  3: 'an experiment is not valid, stopped early, or could not decide an invariant',
};
