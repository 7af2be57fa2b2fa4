// load-tools/plan.ts: the numbers of E3: the stall that is planted, the rate, the bounds of trust.
// Used by the experiment, its tools and its figures, so that each stands in one place.
import type { Gate } from '../../lab/definition.ts';
import type { Stall } from './truth.ts';

/** Service by a timer and stall by a waiting event loop: both simulated, and known. */
export const planted: Stall = { serviceMs: 5, stallMs: 200, everyMs: 2000 };

/** One period: the stall comes at the same time in the next. */
export const WARM_UP_MS = planted.everyMs;

/** Of the open loop. */
export const RATE_RPS = 400;

/** One period, begun between two stalls, so it holds one whole stall; without any, half will do. */
export const seconds = { stall: 2, steady: 1 } as const;

/** What is looked for is 180 ms: lateness of a few does not hide it. */
export const gate: Gate = { lagMsP99: 5, otherCpuRatio: 0.05, rateOffRatio: 0.01 };

export const closedTools = ['closed 1', 'closed 32'] as const;
export const openTools = ['open constant', 'open poisson'] as const;
/** autocannon is a closed loop too, with its own arithmetic; the last one is the control. */
export const toolNames = [
  ...closedTools,
  'autocannon 1',
  'autocannon 32',
  ...openTools,
  'closed 1 again',
] as const;
export type ToolName = (typeof toolNames)[number];

export type Course = keyof typeof seconds;

export function armName(tool: ToolName, course: Course): string {
  return `${tool}: ${course}`;
}

/** Where on the percentile axis, as "one request in … is slower". */
export const percentiles = [
  { metric: 'latencyMsP50', oneIn: 2 },
  { metric: 'latencyMsP90', oneIn: 10 },
  { metric: 'latencyMsP99', oneIn: 100 },
  { metric: 'latencyMsP999', oneIn: 1000 },
] as const;
