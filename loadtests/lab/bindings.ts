// lab/bindings.ts: what each logical role is in each shape: the same fault, another victim.
// Called by run-experiment.ts for the targets of a run; printed in every report: it is the lesson.
import { features } from '@lab/shared/contract/operation.ts';
import type { Component, Target } from '../targets/targets.ts';
import type { Binding } from './result.ts';

/** The roles that load and faults speak of, in the order of reports. */
export const roles = [...features, 'gateway'] as const;
export type Role = (typeof roles)[number];

export function bindingsOf(targets: readonly Target[]): Binding[] {
  if (targets.length === 0) return [];
  return roles.map((role) => ({
    role,
    is: Object.fromEntries(targets.map((target) => [target.name, isIn(target, role)])),
  }));
}

/**
 * The component, or the function, whose process runs a role; undefined for a gateway where there is
 * none, or where it is the provider's.
 */
export function componentFor(target: Target, role: string): Component | undefined {
  const all = [...target.components, ...(target.functions ?? [])];
  const own = all.find(({ name }) => name === role);
  return own ?? all.find(({ features }) => features.some((name) => name === role));
}

function isIn(target: Target, role: Role): string {
  const component = componentFor(target, role);
  if (component === undefined)
    return target.functions === undefined ? 'not there' : 'the provider’s, not ours to break';
  if (target.functions?.includes(component)) return 'a function with its own database';
  if (component.features.length > 1)
    return `a module of ${component.name}, with ${component.features.length - 1} others`;
  return component.hasDatabase ? 'a process with its own database' : 'a process without a database';
}
