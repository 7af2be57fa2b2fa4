// simulation/md1.ts: what queueing theory says of one serial pipeline, without simulating it.
// Called by the deployment experiment for its prediction; the simulation is held to it.

/**
 * Mean wait before service for independent arrivals and a constant service time (M/D/1, the formula
 * of Pollaczek and Khinchine): ρD / (2(1 − ρ)).
 * @param load ρ, arrivals for each service that is possible, 0 to below 1
 * @param serviceMs D
 * @returns ms; Infinity from a load of 1 on
 */
export function meanWaitMs(load: number, serviceMs: number): number {
  return load >= 1 ? Infinity : (load * serviceMs) / (2 * (1 - load));
}
