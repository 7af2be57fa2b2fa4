// experiments/run-target.ts: one shape started fresh, put under load and crashes, checked, and stopped.
// Called by blast-radius.ts, once a target.
import { buildArtefacts } from '../targets/artefacts.ts';
import { nowMs } from '../targets/life.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { startTarget } from '../targets/process-platform.ts';
import type { Target } from '../targets/targets.ts';
import { checkOrders } from './orders-check.ts';
import type { ProcessResult, TargetResult } from './result.ts';
import { type RunPlan, underLoad, type Watcher } from './under-load.ts';

/** @throws CannotStart; what was started is stopped whatever happens */
export async function runTarget(
  target: Target,
  plan: RunPlan,
  watcher: Watcher,
): Promise<{ result: TargetResult; otherCpuRatio: number | null }> {
  watcher.phase({ target: target.name, phase: 'start', lengthMs: 3000 });
  const artefacts = await buildArtefacts(target.components);
  const zipBytes = new Map(artefacts.map(({ name, bytes }) => [name, bytes]));
  const startedAtMs = nowMs();
  const running = await startTarget(target, { fresh: true, env: ENVIRONMENT, provenAfterMs: 500 });
  try {
    const startMs = nowMs() - startedAtMs;
    const idle = running.components;
    const run = await underLoad(running, plan, watcher);
    const processes = running.components.map(
      (component, at): ProcessResult => ({
        name: component.name,
        zipBytes: zipBytes.get(component.name) ?? 0,
        startMs: readyAfterMs(running, component.name),
        rssBytesIdle: idle[at]?.rssBytes ?? 0,
        rssBytesUnderLoad: run.loaded[at]?.rssBytes ?? 0,
        cpuMs: run.cpuMs.get(component.name) ?? 0,
        restarts: component.restarts,
      }),
    );
    watcher.phase({ target: target.name, phase: 'check', lengthMs: 3000 });
    const orders = await checkOrders(target, run.acknowledged);
    const { name, frontDoor } = target;
    const result = { ...run.result, name, frontDoor, processes, startMs, orders };
    return { result, otherCpuRatio: run.otherCpuRatio };
  } finally {
    await running.stop();
  }
}

/** Keys stay the demo's; nobody is refused for asking too often, in any shape. */
const ENVIRONMENT = { LAB_CHAOS: 'on', LOG_LEVEL: 'warn', RATE_LIMIT_RPS: '1000000' };

function readyAfterMs(running: RunningTarget, name: string): number {
  const ready = running.events.find((event) => event.kind === 'ready' && event.name === name);
  return ready?.kind === 'ready' ? ready.afterMs : 0;
}
