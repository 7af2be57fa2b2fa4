// experiments/blast-radius/timelines.ts: step by step around a fault, all blocks on top of each other.
// Called by figures.ts; the faults that are worth a drawing are named here.
import { features } from '@lab/shared/contract/operation.ts';
import { columnAround } from '../../lab/around.ts';
import type { TimelinesFigure } from '../../lab/figure.ts';
import { span, type TrialDetail } from './cells.ts';

/** What ends a process, what stops it, what only looks bad, what is in the database or the network. */
const drawn = [
  'crash in payments',
  'hang in payments',
  'exception in payments',
  'db-lock in payments',
  'leak in payments',
  'database kill in payments',
  'network cut in payments',
];

export function timelinesOf(
  shapes: readonly string[],
  details: readonly TrialDetail[],
): TimelinesFigure[] {
  return drawn
    .filter((blow) => details.some((detail) => detail.blow === blow))
    .map((blow) => ({
      kind: 'timelines',
      title: `Step by step: ${blow}`,
      caption:
        `0 is the fault; every column is 100 % of the requests meant to leave in ${span.stepMs} ms, all ` +
        'blocks together. Shaded: while the fault was in force, or the process away. The line is the ' +
        'median of good answers, with a gap where there was none.',
      stepMs: span.stepMs,
      rows: features,
      columns: shapes.map((target) =>
        columnAround(
          target,
          details.filter((detail) => detail.target === target && detail.blow === blow),
          span,
          'in force',
        ),
      ),
    }));
}
