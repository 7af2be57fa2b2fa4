// experiments/orders-check.ts: asks the databases, not the API, whether every order is whole.
// Called once the load is over, before the target is stopped.
import type { Evidence } from '../audit/evidence.ts';
import { verify } from '../audit/invariants.ts';
import { readEvidence } from '../audit/read-databases.ts';
import { settle } from '../audit/settle.ts';
import type { Row } from '../load/results.ts';
import type { Stored } from '../targets/platform.ts';
import type { Target } from '../targets/targets.ts';

/** What the databases say about the orders of a block, after everything has settled. */
export interface OrdersFound {
  /** `ordersBroken`: lost, half done, or with stock, charge or message that do not fit their state. */
  readonly metrics: { readonly ordersBroken: number; readonly ordersAcknowledged: number };
  /** One sentence for each that is broken, with its id. */
  readonly notes: readonly string[];
}

const SETTLE_MS = 15_000;

/** What earlier blocks found: databases keep what was broken, and it must not count twice. */
const found = new WeakMap<Target, Set<string>>();

/**
 * @param shop its target is the same object in every block of a run
 * @param rows of this block's load; nobody cancelled
 */
export async function orderMetrics(shop: Stored, rows: readonly Row[]): Promise<OrdersFound> {
  const acknowledged = rows.flatMap(({ op, status, orderId }) =>
    op === 'placeOrder' && status === 201 && orderId ? [orderId] : [],
  );
  await settle(shop, SETTLE_MS);
  const evidence = await readEvidence(shop);
  const notes = [...lostOf(acknowledged, evidence), ...newlyBroken(shop.target, evidence)];
  return {
    metrics: { ordersBroken: notes.length, ordersAcknowledged: acknowledged.length },
    notes,
  };
}

function lostOf(acknowledged: readonly string[], { orders }: Evidence): string[] {
  const status = new Map(orders.map((order) => [order.id, order.status]));
  return acknowledged
    .filter((id) => status.get(id) !== 'confirmed')
    .map((id) => `${id}: acknowledged, ${status.has(id) ? `but ${status.get(id)}` : 'not stored'}`);
}

/** What customers were told is checked by order id; the rest is between the databases. */
function newlyBroken(target: Target, evidence: Evidence): string[] {
  const before = found.get(target) ?? new Set();
  found.set(target, before);
  return verify([], evidence).flatMap(({ name, offenders }) =>
    offenders.flatMap((offender) => {
      // By its id: how much of a product is missing changes with every order.
      const key = `${name}: ${offender.split(':')[0]}`;
      if (before.has(key)) return [];
      before.add(key);
      return `${offender} (not so: ${name})`;
    }),
  );
}
