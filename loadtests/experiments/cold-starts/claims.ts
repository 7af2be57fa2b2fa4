// cold-starts/claims.ts: the predictions as clauses that a machine can check.
// Part of the definition in experiments/cold-starts.ts.
import type { Hypothesis } from '../../lab/definition.ts';
import { loadName, PROVISIONED, sizeName } from './arms.ts';
import { coldShare, loads } from './law.ts';

/** Beside the law: an arrival that meets a start under way needs one of its own. */
export const TOLERANCE = 0.1;

export const claims: readonly Hypothesis[] = [
  ...loads.map(
    (load): Hypothesis => ({
      id: `cold-share-${String(load).replace('.', '-')}`,
      text: `With λK = ${load}, ${(coldShare(load) * 100).toFixed(1)} % start cold, within ten points`,
      metric: 'cold',
      arm: loadName(load),
      atLeast: Math.max(0, coldShare(load) - TOLERANCE),
      atMost: coldShare(load) + TOLERANCE,
      judge: 'pooled',
    }),
  ),
  {
    id: 'provisioned-never-cold',
    text: 'With one place provisioned nearly none starts cold',
    metric: 'cold',
    arm: PROVISIONED,
    atMost: 0.05,
    judge: 'pooled',
  },
  {
    id: 'code-takes-time',
    text: 'Twenty MB of code take at least three times as long to start as a tenth of a MB',
    metric: 'initMs',
    arm: sizeName(20),
    versus: sizeName(0.1),
    atLeast: 3,
  },
  {
    id: 'rare-is-dear',
    text: 'A call is billed at least twice as much at λK = 0.5 as at λK = 2: the init is billed',
    metric: 'billedMs',
    arm: loadName(0.5),
    versus: loadName(2),
    atLeast: 2,
  },
];
