// experiments/blast-radius/predicted.ts: which features each fault must touch, by what the code shares.
// Called by blast-radius.ts for the samples and by the figures; pure.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { componentFor } from '../../lab/bindings.ts';
import type { Stored } from '../../targets/platform.ts';
import { type BlowPlan, featuresNeeding } from './blows.ts';

/** They end or stop the process, or lock the database file: what lives with the role goes with it. */
const takesProcess: readonly BlowPlan['kind'][] = [
  'crash',
  'rejection',
  'leak',
  'hang',
  'slow-query',
  'db-lock',
  'kill',
  'database-kill',
  'cut',
];

/** A pool that readers and writers share is empty for everybody. */
const takesAll = (kind: BlowPlan['kind'], engine: Stored['engine']) =>
  takesProcess.includes(kind) || (kind === 'pool' && engine === 'PostgreSQL');

/** A function's process has one request at a time: what ends or blocks it takes that one and no other. */
const takesOneRequest: readonly BlowPlan['kind'][] = ['crash', 'rejection', 'leak', 'hang'];

/** @returns undefined where chance decides: in a cluster, which worker has the fault */
export function predictedFor(
  { target, engine }: Pick<Stored, 'target' | 'engine'>,
  { kind, role }: Pick<BlowPlan, 'kind' | 'role'>,
): readonly Feature[] | undefined {
  const component = componentFor(target, role);
  if (component === undefined || component.workers !== undefined) return undefined;
  // A checkout looks at whether it was charged, never at the amount in the answer.
  if (kind === 'wrong') return features.filter((feature) => feature === role);
  if (target.functions?.includes(component)) {
    if (takesOneRequest.includes(kind)) return [];
    // Whoever has taken the pool answers only when it is free again, or it would be frozen with it.
    if (kind === 'pool') return featuresNeeding(role);
  }
  // Only writers wait for the one writer, and of all requests only checkouts write.
  if (kind === 'pool' && engine === 'SQLite') return ['orders'];
  // A server goes on beside it, on the same core: how much is left for the others is chance.
  if (kind === 'slow-query' && engine === 'PostgreSQL') return undefined;
  const shared = component.features.length > 1 && takesAll(kind, engine);
  return shared ? component.features : featuresNeeding(role);
}
