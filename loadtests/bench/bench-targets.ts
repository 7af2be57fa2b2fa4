// bench/bench-targets.ts: the shapes as the bench runs them, with data of their own, which go at the end.
// Called by comparisons.ts and books/measure-books.ts.
import { deleteTraces } from '../audit/free-target.ts';
import { withOwnData } from '../targets/own-data.ts';
import type { RunningTarget, StartOptions } from '../targets/platform.ts';
import { startTarget } from '../targets/process-platform.ts';
import { type Target, targetsAt } from '../targets/targets.ts';

export function benchTargets(portBase: number): Record<'monolith' | 'microservices', Target> {
  const { monolith, microservices } = targetsAt(portBase);
  return {
    monolith: withOwnData(monolith, 'bench'),
    microservices: withOwnData(microservices, 'bench'),
  };
}

/**
 * Every setting is that of a lab in use but the rate limit, which is in force and out of reach.
 * @throws CannotStart
 */
export async function startForBench(
  target: Target,
  defer: (stop: () => Promise<void>) => void,
  options: StartOptions,
): Promise<RunningTarget> {
  const env = { RATE_LIMIT_RPS: '1000000', ...options.env };
  defer(async () => deleteTraces(target));
  const running = await startTarget(target, { ...options, fresh: true, env });
  defer(() => running.stop());
  return running;
}
