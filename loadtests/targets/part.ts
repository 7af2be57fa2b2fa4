// targets/part.ts: one component with the process that runs it, and how it looks from outside.
// Made by process-platform.ts; used by deploy.ts.
import type { ProcessSpec } from './launch.ts';
import type { ComponentStatus } from './platform.ts';
import type { Supervised } from './supervised.ts';
import { type Component, urlOf } from './targets.ts';
import { endedChildrenCpuMs, readUsage, sumUsage } from './usage.ts';

export interface Part {
  readonly component: Component;
  readonly spec: ProcessSpec;
  readonly process: Supervised;
}

export function statusOf(parts: readonly Part[]): ComponentStatus[] {
  const pidsOf = ({ process }: Part) => [process.pid() ?? [], process.workerPids()].flat(2);
  const usages = readUsage(parts.flatMap(pidsOf));
  return parts.map((part) => {
    const { component, spec, process } = part;
    const pid = process.pid();
    const { cpuMs, rssBytes } = sumUsage(pidsOf(part).flatMap((one) => usages.get(one) ?? []));
    const ofTheDead = pid === undefined || spec.workers === undefined ? 0 : endedChildrenCpuMs(pid);
    return {
      name: component.name,
      pid,
      workerPids: spec.workers === undefined ? undefined : process.workerPids(),
      ...(spec.workers === 0 && { runsFunctions: true }),
      port: component.port,
      url: urlOf(component),
      cpuMs: cpuMs + ofTheDead,
      rssBytes,
      restarts: process.restarts(),
      state: process.state(),
    };
  });
}
