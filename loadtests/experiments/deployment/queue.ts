// experiments/deployment/queue.ts: E7's second half: several teams' changes in a queue, SIMULATED.
// Called by derive and the figures with measured lead times; pure: the same seed, the same changes.
import type { Sample } from '../../lab/result.ts';
import type { Teams } from '../../simulation/changes.ts';
import { meanWaitMs } from '../../simulation/md1.ts';
import { type SimulatedQueue, simulateQueue } from '../../simulation/simulate.ts';
import { type SimulatedSweep, sweepCoupling } from '../../simulation/sweep.ts';
import { CONTROL, partOf, SERVICE } from './arms.ts';

/** A team for each feature. */
export const TEAMS = 6;
/** The most changes that a merge queue tests together. */
export const BATCH = 8;
/** At a load of 1 the one pipeline would never rest; above it, only the other two can keep up. */
export const sweptLoads = [0.5, 2.4] as const;
const CHANGES = 6000;
const HOUR_MS = 3_600_000;

const tenths = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => (from + index) / 10);
const coupledShares = tenths(0, 10);
/** Up to 0.8: nearer to 1 a simulation of this length has not settled. */
const loads = tenths(1, 8);

export interface Wait {
  readonly load: number;
  readonly simulatedMs: number;
  readonly predictedMs: number;
}

/** The serial pipeline against the formula. @param pipelineMs of one change, constant */
export function simulatedWaits(pipelineMs: number): Wait[] {
  return loads.flatMap((load) => {
    const serial = { kind: 'serial', pipelineMs: [pipelineMs] } as const;
    const { times } = simulateQueue(teamsAt(load, pipelineMs, 5 * CHANGES), serial);
    if (typeof times === 'string') return [];
    const predictedMs = meanWaitMs(load, pipelineMs);
    return [{ load, simulatedMs: times.waitingMsMean, predictedMs }];
  });
}

/** @param load ρ of the one serial pipeline, above 0; as many changes for every discipline */
export function simulatedSweep(load: number, monolithMs: number, serviceMs: number) {
  return sweepCoupling({
    ...teamsAt(load, monolithMs, CHANGES),
    monolithMs: [monolithMs],
    serviceMs: [serviceMs],
    batch: BATCH,
    coupledShares,
  });
}

/** Of the swept shares of coupled changes, how many leave a pipeline each faster: 0 to 1. */
export function fasterAt({ pipelineEach, mergeQueue }: SimulatedSweep): number {
  const limitMs = leadMs(mergeQueue) ?? Infinity;
  const faster = pipelineEach.filter(({ queue }) => (leadMs(queue) ?? Infinity) < limitMs);
  return faster.length / pipelineEach.length;
}

/** Undefined where it grows without bound. */
export function leadMs({ times }: SimulatedQueue): number | undefined {
  return typeof times === 'string' ? undefined : times.leadMsMean;
}

export const simulatedArm = (load: number) => `simulated: load ${load}`;

/** No samples where one of the two lead times was not measured. */
export function simulatedSamples(samples: readonly Sample[]): Sample[] {
  const lead = (arm: string) =>
    samples.find((sample) => sample.arm === partOf(arm, 'good'))?.metrics.leadMs;
  const [monolithMs, serviceMs] = [lead(CONTROL), lead(SERVICE)];
  if (monolithMs === undefined || serviceMs === undefined) return [];
  return sweptLoads.map((load) => ({
    arm: simulatedArm(load),
    metrics: { fasterAtRatio: fasterAt(simulatedSweep(load, monolithMs, serviceMs)) },
    doubts: [],
  }));
}

function teamsAt(load: number, pipelineMs: number, changes: number): Teams {
  return {
    teams: TEAMS,
    changesPerHour: (load * HOUR_MS) / (pipelineMs * TEAMS),
    failureShare: 0,
    spanHours: (changes * pipelineMs) / (load * HOUR_MS),
    seed: 7,
  };
}
