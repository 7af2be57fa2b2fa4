// lab/around.ts: step by step around an event, the events of all blocks laid on top of each other.
// Called for the timelines of experiments that break or replace something under load; pure.
import { features } from '@lab/shared/contract/operation.ts';
import type { Row } from '../load/results.ts';
import { addTo, createTally, tallyOf } from '../load/tally.ts';
import type { TimelineColumn, TimelineStep } from './figure.ts';

/** What is drawn, ms; 0 is the event. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** One event with the rows around it, on an axis whose 0 is the event. */
export interface Around {
  readonly rows: readonly Row[];
  /** How long it lasted: shaded. */
  readonly inForceMs: number;
}

export function rowsAround(rows: readonly Row[], zeroMs: number, span: Span): Row[] {
  return rows
    .map((row) => ({ ...row, t: row.t - zeroMs }))
    .filter(({ t }) => t >= span.fromMs && t < span.toMs);
}

/** @param label of the shaded band */
export function columnAround(
  title: string,
  events: readonly Around[],
  span: Span,
  label: string,
): TimelineColumn {
  const rows = events.flatMap((event) => event.rows);
  const longest = Math.min(span.toMs, Math.max(0, ...events.map(({ inForceMs }) => inForceMs)));
  return {
    title,
    bands: events.length === 0 ? [] : [{ fromMs: 0, toMs: longest, label }],
    panels: Object.fromEntries(
      features.map((feature) => [
        feature,
        stepsOf(
          rows.filter((row) => row.feature === feature),
          span,
        ),
      ]),
    ),
  };
}

/** One step after the other, empty ones included. */
function stepsOf(rows: readonly Row[], { fromMs, toMs, stepMs }: Span): TimelineStep[] {
  return Array.from({ length: Math.round((toMs - fromMs) / stepMs) }, (_, index) => {
    const atMs = fromMs + index * stepMs;
    return { atMs, ...stepOf(rows.filter(({ t }) => t >= atMs && t < atMs + stepMs)) };
  });
}

function stepOf(rows: readonly Row[]): Omit<TimelineStep, 'atMs'> {
  const builder = createTally();
  for (const row of rows) addTo(builder, row);
  const { outcomes, latency } = tallyOf(builder);
  return {
    outcomes,
    latencyMsP50: latency?.latencyMsP50 ?? null,
    latencyMsP99: latency?.latencyMsP99 ?? null,
  };
}
