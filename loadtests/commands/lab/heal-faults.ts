// commands/lab/heal-faults.ts: asks every component of this machine what it suffers from, and heals it.
// Called by heal.ts; only 127.0.0.1, only the ports of the targets, only what answers like a shop.
import type { FaultStates } from '@lab/shared/contract/chaos.ts';
import { baseUrl, type Component, type Target, urlOf } from '../../targets/targets.ts';

/** One component that was asked. */
export interface Finding {
  readonly name: string;
  readonly port: number;
  /** Something of a shop answers there. */
  readonly runs: boolean;
  /** `payments: latency`; what was in force and is not any more. */
  readonly healed: readonly string[];
  /** A sentence: why it could not be asked or healed, and what to do. */
  readonly trouble?: string;
}

/** The services before their gateway, which would report their faults as well. Never throws. */
export async function healFaults(targets: readonly Target[], key: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const target of targets)
    for (const component of target.components.toReversed()) {
      const isDoor = component.name === target.frontDoor;
      const url = isDoor ? baseUrl(target) : urlOf(component);
      findings.push(await heal(component, url, key));
    }
  return findings;
}

const answerWithinMs = 1500;

async function heal(component: Component, url: string, key: string): Promise<Finding> {
  const { name, port } = component;
  const nothing = { name, port, runs: false, healed: [] };
  try {
    const answer = await ask(url, key, 'GET');
    if (answer.status === 401 || answer.status === 403)
      return { ...nothing, trouble: locked(component) };
    const faults = faultsIn(answer.ok ? await answer.json() : undefined);
    if (faults === undefined) return nothing;
    if (faults.length === 0) return { ...nothing, runs: true };
    const { ok, status } = await ask(url, key, 'DELETE');
    return ok
      ? { ...nothing, runs: true, healed: faults }
      : { ...nothing, runs: true, trouble: unhealed(component, faults, status) };
  } catch (error) {
    const isSilent = (error as Error).name === 'TimeoutError';
    return isSilent ? { ...nothing, trouble: silent(component) } : nothing;
  }
}

function ask(url: string, key: string, method: string): Promise<Response> {
  const signal = AbortSignal.timeout(answerWithinMs);
  return fetch(`${url}/chaos`, { method, headers: { 'x-api-key': key }, signal });
}

/** @returns undefined when this is no answer of a shop: a stranger is told nothing more */
function faultsIn(body: unknown): string[] | undefined {
  const components = (body as FaultStates | undefined)?.components;
  if (!Array.isArray(components)) return undefined;
  return components.flatMap(({ component, fault }) =>
    fault ? [`${component}: ${fault.kind}`] : [],
  );
}

function locked({ name, port }: Component): string {
  return `${name} (${port}) does not take this key: set INSTRUCTOR_KEY to the one it was started with.`;
}

function unhealed({ name, port }: Component, faults: readonly string[], status: number): string {
  return `${name} (${port}) answered ${status}, so this may still be in force: ${faults.join(', ')}.`;
}

function silent({ name, port }: Component): string {
  const seconds = answerWithinMs / 1000;
  return `${name} (${port}) did not answer within ${seconds} s: hung or busy; ask again in a while.`;
}
