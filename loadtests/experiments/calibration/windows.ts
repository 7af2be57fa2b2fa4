// experiments/calibration/windows.ts: the CPU of a target per request, over a stretch of steady load.
// Called by calibration.ts.
import type { Fault } from '@lab/shared/contract/chaos.ts';
import { cpuMsOf } from '../../lab/cpu-clock.ts';
import type { Workload } from '../../lab/definition.ts';
import type { Lab } from '../../lab/experiment.ts';
import { until } from '../../lab/stretch.ts';
import { nowMs } from '../../targets/life.ts';
import { rootPidsOf } from '../../targets/memory.ts';
import type { RunningTarget } from '../../targets/platform.ts';

/** Slower by this much, in CPU per request. */
const PLANTED_RATIO = 0.2;
/** Of the requests of `browse`. */
const CATALOG_SHARE = 0.75;

/** @returns a loop in each of the catalog's calls, as long as makes a request of the load cost 20 % more */
export function plantedFault(cpuUsPerRequest: number): Fault {
  const hangMs = (PLANTED_RATIO * cpuUsPerRequest) / CATALOG_SHARE / 1000;
  return { kind: 'hang', hangMs, durationMs: 600_000 };
}

/** How busy the core is to be: what is planted must fit on it as well. */
const BUSY = 0.6;
/** Any machine carries it. */
export const FIRST_RPS = 300;

/** @returns the same workload, at a rate that this machine carries with room to spare */
export function fittingTo(cpuUsPerRequest: number, workload: Workload): Workload {
  const fitting = Math.floor((BUSY * 1e6) / cpuUsPerRequest / 100) * 100;
  return { ...workload, rateRps: Math.min(workload.rateRps, Math.max(FIRST_RPS, fitting)) };
}

/** µs. Arrivals are constant, so a window holds rate × length requests, ± one. */
export async function cpuOfWindow(
  lab: Lab,
  running: RunningTarget,
  { rateRps }: Workload,
  { settleMs, lengthMs }: { readonly settleMs: number; readonly lengthMs: number },
): Promise<number> {
  await until(nowMs() + settleMs, lab.signal);
  const pids = rootPidsOf(running);
  const [fromMs, cpuFromMs] = [nowMs(), cpuMsOf(pids)];
  await until(fromMs + lengthMs, lab.signal);
  const [toMs, cpuToMs] = [nowMs(), cpuMsOf(pids)];
  const requests = ((toMs - fromMs) / 1000) * rateRps;
  return ((cpuToMs - cpuFromMs) * 1000) / requests;
}

/** Long enough that one window is told from the next by a hundredth. */
const WARM_UP_WINDOW_MS = 10_000;
const WARM_UP_WINDOWS_MAX = 12;
const STEADY_RATIO = 0.98;

/** @returns what a request of this load costs, µs, once the process is warm, or after two minutes */
export async function warmedUp(
  lab: Lab,
  running: RunningTarget,
  name: string,
  workload: Workload,
): Promise<number> {
  const plan = { ...workload, baseUrl: running.baseUrl, seed: lab.seed };
  const attack = lab.attack(name, plan);
  try {
    await attack.started;
    return await steadyCpu(lab, running, workload);
  } finally {
    await attack.stop().catch(() => {});
  }
}

/** Loads it until a window costs no less than the one before, within 2 %; two minutes at most. */
async function steadyCpu(lab: Lab, running: RunningTarget, workload: Workload): Promise<number> {
  const window = { settleMs: 0, lengthMs: WARM_UP_WINDOW_MS };
  let cpuUsPerRequest = Infinity;
  for (let count = 0; count < WARM_UP_WINDOWS_MAX; count += 1) {
    lab.phase({ phase: 'warm-up', what: running.target.name, lengthMs: WARM_UP_WINDOW_MS });
    const before = cpuUsPerRequest;
    cpuUsPerRequest = await cpuOfWindow(lab, running, workload, window);
    if (cpuUsPerRequest > STEADY_RATIO * before) break;
  }
  return cpuUsPerRequest;
}
