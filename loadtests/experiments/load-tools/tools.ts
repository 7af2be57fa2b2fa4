// load-tools/tools.ts: the load tools that are held against the stub, each asked for latencies.
// Used by the experiment; every tool runs in a process of its own, on the generator's core.
import type { Lab } from '../../lab/experiment.ts';
import { doubtsAbout } from '../../lab/gate.ts';
import { type Row, readRows } from '../../load/results.ts';
import { startCapacity } from '../../load/start-capacity.ts';
import type { ClosedLoop } from '../../load/start-closed-loop.ts';
import { quantileOf } from '../../statistics/quantile.ts';
import { gate, RATE_RPS, WARM_UP_MS } from './plan.ts';
import { type Stall, seenRatio } from './truth.ts';

export interface Try {
  /** Of the rows file; unique in the run. */
  readonly name: string;
  readonly url: string;
  /** Whole. */
  readonly seconds: number;
  readonly seed: number;
  /** What the stub is told to do; against it the tool's view is held. */
  readonly stall: Stall;
}

export interface Seen {
  readonly metrics: Readonly<Record<string, number>>;
  readonly doubts: readonly string[];
}

export type Tool = (plan: Try) => Promise<Seen>;

/** Each of `connections` sends the next request when the last is answered. */
export function closedLoop(loop: ClosedLoop, connections: number): Tool {
  return async ({ url, seconds, stall }) => {
    const plan = { url: `${url}/products/prd_0001`, connections, durationMs: seconds * 1000 };
    const { latenciesMs, failed } = await loop.run(plan);
    const doubts = failed === 0 ? [] : [`${failed} requests failed`];
    return { metrics: metricsOf(latenciesMs, stall), doubts };
  };
}

/** The same closed loop by autocannon: the percentiles are its own. */
export function autocannonSays(lab: Lab, connections: number): Tool {
  return async ({ url, seconds }) => {
    const plan = { url: `${url}/products/prd_0001`, connections, seconds };
    const launcher = lab.pinning.generatorLauncher;
    const { said, requests, invalid } = await startCapacity(plan, { launcher });
    return { metrics: { ...said, requests }, doubts: invalid };
  };
}

/**
 * A request leaves because it is time; latency counts from the time it was meant to leave. Its process
 * is new, and late while its code is being compiled: one period of load before is not counted.
 */
export function openLoop(lab: Lab, arrivals: 'constant' | 'poisson'): Tool {
  return async ({ name, url, seconds, seed, stall }) => {
    const attack = lab.attack(name, {
      baseUrl: url,
      scenario: 'browse',
      rateRps: RATE_RPS,
      arrivals,
      durationMs: WARM_UP_MS + seconds * 1000,
      seed,
    });
    const summary = await attack.finished;
    const rows: Row[] = [];
    for await (const row of readRows(lab.rowsFile(name))) if (row.t >= WARM_UP_MS) rows.push(row);
    const lagMsP99 = quantileOf(
      rows.map(({ lag }) => lag),
      0.99,
    );
    const latenciesMs = rows.filter(({ outcome }) => outcome === 'ok').map(({ ms }) => ms);
    const lost = rows.length - latenciesMs.length;
    const failed = lost === 0 ? [] : [`${lost} requests failed`];
    return {
      metrics: metricsOf(latenciesMs, stall),
      doubts: [...doubtsAbout({ ...summary, lagMsP99 }, gate), ...failed],
    };
  };
}

function metricsOf(latenciesMs: readonly number[], stall: Stall): Record<string, number> {
  return {
    latencyMsP50: quantileOf(latenciesMs, 0.5),
    latencyMsP90: quantileOf(latenciesMs, 0.9),
    latencyMsP99: quantileOf(latenciesMs, 0.99),
    latencyMsP999: quantileOf(latenciesMs, 0.999),
    requests: latenciesMs.length,
    ...(stall.stallMs === 0 ? {} : { seenRatio: seenRatio(stall, latenciesMs) }),
  };
}
