// live/fault-of.ts: the fault that a button of the page stands for, with what each kind needs besides.
// Called by faults.ts; pure.
import type { Fault, FaultKind } from '@lab/shared/contract/chaos.ts';

export interface FaultWish {
  readonly kind: FaultKind;
  /** Share of the calls that meet it, above 0, at most 100. */
  readonly percent: number;
  readonly durationMs: number;
}

/** Long enough to be seen from the back row, short enough not to outlast a fault that is healed. */
const SEEN_MS = 1500;

export function faultOf({ kind, percent, durationMs }: FaultWish): Fault {
  const common = { percent, durationMs };
  if (kind === 'latency') return { kind, latencyMs: 800, jitterMs: 200, ...common };
  if (kind === 'hang') return { kind, hangMs: SEEN_MS, ...common };
  if (kind === 'slow-query') return { kind, queryMs: SEEN_MS, ...common };
  if (kind === 'db-lock') return { kind, lockMs: SEEN_MS, ...common };
  if (kind === 'pool') return { kind, holdMs: SEEN_MS, ...common };
  if (kind === 'leak') return { kind, leakMb: 16, ...common };
  return { kind, ...common };
}
