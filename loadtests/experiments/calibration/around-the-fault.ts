// experiments/calibration/around-the-fault.ts: the same target before a fault and after its heal.
// Called by calibration.ts for each block; pure.
import type { Sample } from '../../lab/result.ts';

export const BEFORE = 'before the fault';
export const AFTER = 'after the heal';

/**
 * @param samples of one block, in the order of their measurement
 * @returns a mean for the windows on either side of the fault; empty where one side has none
 */
export function aroundTheFault(samples: readonly Sample[]): Sample[] {
  const windows = samples.filter(({ metrics }) => metrics.cpuUsPerRequest !== undefined);
  const at = windows.findIndex(({ arm }) => arm === 'planted');
  const sides = [windows.slice(0, at), windows.slice(at + 1)] as const;
  if (at < 1 || sides[1].length === 0) return [];
  return sides.map((side, index) => ({
    arm: index === 0 ? BEFORE : AFTER,
    metrics: { cpuUsPerRequest: meanOf(side) },
    doubts: [],
  }));
}

const meanOf = (windows: readonly Sample[]) =>
  windows.reduce((sum, { metrics }) => sum + (metrics.cpuUsPerRequest ?? 0), 0) / windows.length;
