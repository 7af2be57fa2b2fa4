// simulation/sweep.ts: at which share of coupled changes a pipeline each stops being better.
// Called by the deployment experiment. All it returns is SIMULATED, and says so.
import type { Teams } from './changes.ts';
import { type SimulatedQueue, simulateQueue } from './simulate.ts';

export interface Sweep extends Teams {
  /** Durations of the one pipeline's run, from measurements. */
  readonly monolithMs: readonly number[];
  /** The same of one service's pipeline. */
  readonly serviceMs: readonly number[];
  /** The most changes that the merge queue tests together. */
  readonly batch: number;
  /** Ascending, each 0 to 1. */
  readonly coupledShares: readonly number[];
}

export interface SimulatedSweep {
  readonly simulated: true;
  /** One pipeline does not know coupling: these hold for every share. */
  readonly serial: SimulatedQueue;
  readonly mergeQueue: SimulatedQueue;
  readonly pipelineEach: readonly SimulatedShare[];
  /** Where `pipelineEach` stops being better than either, by `crossoverOf`. */
  readonly crossoverShare: {
    readonly serial: number | null;
    readonly mergeQueue: number | null;
  };
}

export interface SimulatedShare {
  /** Changes that touch two components, 0 to 1. */
  readonly coupledShare: number;
  readonly queue: SimulatedQueue;
}

/**
 * Simulates the three disciplines on the same changes.
 * @throws RangeError naming what is out of range
 */
export function sweepCoupling(sweep: Sweep): SimulatedSweep {
  const { monolithMs, serviceMs, batch, coupledShares } = sweep;
  const serial = simulateQueue(sweep, { kind: 'serial', pipelineMs: monolithMs });
  const mergeQueue = simulateQueue(sweep, { kind: 'merge queue', pipelineMs: monolithMs, batch });
  const pipelineEach = coupledShares.map((coupledShare) => ({
    coupledShare,
    queue: simulateQueue(sweep, { kind: 'pipeline each', pipelineMs: serviceMs, coupledShare }),
  }));
  return {
    simulated: true,
    serial,
    mergeQueue,
    pipelineEach,
    crossoverShare: {
      serial: crossoverOf(pipelineEach, serial),
      mergeQueue: crossoverOf(pipelineEach, mergeQueue),
    },
  };
}

/**
 * The first simulated share at which services are no longer better on mean lead time. Between it
 * and the share before lies the true crossover, as far as a simulation has a true one.
 * @param services by ascending share
 * @returns null when they are better at every share, and when they are not even at the first
 */
export function crossoverOf(
  services: readonly SimulatedShare[],
  onePipeline: SimulatedQueue,
): number | null {
  const better = ({ queue }: SimulatedShare) => leadMs(queue) < leadMs(onePipeline);
  const first = services.findIndex((share) => !better(share));
  return first <= 0 ? null : (services[first]?.coupledShare ?? null);
}

/** What never settles is longer than all that does. */
function leadMs({ times }: SimulatedQueue): number {
  return typeof times === 'string' ? Infinity : times.leadMsMean;
}
