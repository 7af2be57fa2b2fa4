// lab/ramp.ts: the highest rate a target keeps within its SLO, found by one load that only grows.
// Called by the experiments that ask how much one core can do; a fixed rate is stretch.ts.
import { createHistogram, percentileMs, recordMs } from '../load/latency.ts';
import type { Row } from '../load/results.ts';
import type { ScenarioName } from '../scenarios/names.ts';
import type { RunningTarget } from '../targets/platform.ts';
import type { Lab } from './experiment.ts';
import { rowsBetween } from './stretch.ts';

/** Geometric: in equal times the rate grows by equal factors. */
export interface Ramp {
  readonly fromRps: number;
  /** Rate at the end ÷ at the start, above 1. */
  readonly growth: number;
  readonly lengthMs: number;
}

export interface RampPlan extends Ramp {
  /** Of the rows file: unique in the run. */
  readonly name: string;
  readonly scenario: ScenarioName;
  readonly sloMs: number;
  /** The generator's own lateness, p99 until the SLO is left; above it nothing is known. */
  readonly lagMsP99: number;
  readonly seed: number;
}

/**
 * In flight at most; what arrives beyond it is dropped, and not good. An overload then neither
 * opens connections without end nor outlives the ramp, and no SLO can be kept with so many waiting.
 */
const IN_FLIGHT_MAX = 500;

/**
 * @returns Infinity where the SLO was kept to the end of the ramp; undefined where it was never
 *   kept, or the generator was late before it was left
 * @throws Error when the generator could not run, or `lab.signal` was aborted
 */
export async function measureHighestRps(
  lab: Lab,
  running: RunningTarget,
  plan: RampPlan,
): Promise<number | undefined> {
  const { name, scenario, sloMs, seed, lengthMs, growth } = plan;
  lab.phase({ phase: 'steady', what: `${running.target.name}, a growing rate`, lengthMs });
  const attack = lab.attack(name, {
    baseUrl: running.baseUrl,
    scenario,
    arrivals: 'constant',
    rateRps: meanRps(plan),
    growth,
    durationMs: lengthMs,
    maxInFlight: IN_FLIGHT_MAX,
    sloMs,
    seed,
  });
  const stop = () => void attack.stop().catch(() => {});
  lab.signal.addEventListener('abort', stop, { once: true });
  try {
    await attack.finished;
    lab.signal.throwIfAborted();
    const rows = await rowsBetween(lab.rowsFile(name), 0, lengthMs);
    return highestRpsOf(rows, plan);
  } finally {
    lab.signal.removeEventListener('abort', stop);
  }
}

/** Mean over the whole ramp. */
export function meanRps({ fromRps, growth }: Ramp): number {
  return (fromRps * (growth - 1)) / Math.log(growth);
}

export function rpsAt({ fromRps, growth, lengthMs }: Ramp, atMs: number): number {
  return fromRps * growth ** (atMs / lengthMs);
}

/** Short, so that the rate hardly grows within one. */
const SLICE_MS = 25;

/**
 * The rate at the end of the last slice of time of which 99 % was good within the SLO, less what
 * the ramp had grown while the queue did. A hiccup before it that passes does not count.
 * @param rows of the whole ramp
 * @returns Infinity where the last slice still was good; undefined where none was, or the
 *   generator was late until then
 */
export function highestRpsOf(
  rows: readonly Row[],
  plan: Ramp & Pick<RampPlan, 'sloMs' | 'lagMsP99'>,
): number | undefined {
  const endMs = keptUntilMs(rows, plan);
  if (endMs === 0) return undefined;
  const lateness = createHistogram();
  for (const { t, lag } of rows) if (t < endMs) recordMs(lateness, lag);
  if (percentileMs(lateness, 99) > plan.lagMsP99) return undefined;
  return endMs >= plan.lengthMs ? Infinity : rpsAt(plan, endMs) / overshoot(plan, plan.sloMs);
}

/** End of the last slice in which the SLO was kept; 0: there was none. */
function keptUntilMs(rows: readonly Row[], { lengthMs, sloMs }: Ramp & { sloMs: number }): number {
  const count = Math.ceil(lengthMs / SLICE_MS);
  const slices = Array.from({ length: count }, (): [number, number] => [0, 0]);
  for (const { t, ms, outcome } of rows) {
    const at = Math.floor(t / SLICE_MS);
    const [sent, good] = slices[at] ?? [0, 0];
    slices[at] = [sent + 1, good + (outcome === 'ok' && ms <= sloMs ? 1 : 0)];
  }
  return (slices.findLastIndex(([sent, good]) => sent > 0 && good >= 0.99 * sent) + 1) * SLICE_MS;
}

/**
 * By how much a ramp outruns a server before anyone notices: the rate at which a queue of `sloMs`
 * has formed ÷ the rate at which it began to. With k the growth per ms, a queue of d ms takes Δ ms
 * where (e^kΔ − 1)/k − Δ = d, whatever the server's own rate is.
 */
export function overshoot({ growth, lengthMs }: Ramp, sloMs: number): number {
  const queue = (Math.log(growth) / lengthMs) * sloMs;
  // e^x = 1 + x + queue, by Newton from the first term of its series.
  let x = Math.sqrt(2 * queue);
  for (let step = 0; step < 4; step += 1) x -= (Math.exp(x) - 1 - x - queue) / Math.expm1(x);
  return Math.exp(x);
}
