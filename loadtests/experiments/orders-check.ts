// experiments/orders-check.ts: asks the databases, not the API, whether every order is whole.
// Called by run-target.ts once the load is over, before the target is stopped.
import { verify } from '../audit/invariants.ts';
import { readEvidence } from '../audit/read-databases.ts';
import { settle } from '../audit/settle.ts';
import type { Target } from '../targets/targets.ts';
import type { OrdersResult } from './result.ts';

const SETTLE_MS = 15_000;
const MOST_PROBLEMS = 20;

/** @param acknowledged ids of the orders whose customers were answered 201; none was cancelled */
export async function checkOrders(
  target: Target,
  acknowledged: readonly string[],
): Promise<OrdersResult> {
  await settle(target, SETTLE_MS);
  const evidence = readEvidence(target);
  const status = new Map(evidence.orders.map((order) => [order.id, order.status]));
  const lost = acknowledged.filter((id) => status.get(id) !== 'confirmed');
  // What customers were told is checked above, by order id; the rest is between the databases.
  const broken = verify([], evidence).flatMap(({ name, offenders }) =>
    offenders.map((offender) => `${name}: ${offender}`),
  );
  const problems = [
    ...lost.map((id) => `${id}: acknowledged, stored as ${status.get(id)}`),
    ...broken,
  ];
  return {
    acknowledged: acknowledged.length,
    lost: lost.length,
    halfDone: broken.length,
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}
