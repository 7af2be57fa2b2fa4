// audit/invariants.ts: what must be true of a shop whatever was killed. Pure: rows in, findings out.
// Called by run-audit.ts and by the crash tests once a shop has settled.
import type { Evidence, OrderFact, Told } from './evidence.ts';

export interface Finding {
  /** The invariant, as a sentence that is true when it holds. */
  readonly name: string;
  /** What was compared, in numbers. */
  readonly figures: string;
  /** Ids with what is wrong about each; empty when the invariant holds. */
  readonly offenders: readonly string[];
}

/** Compares what customers were told with what is stored; one finding an invariant. */
export function verify(told: readonly Told[], evidence: Evidence): Finding[] {
  const books: Books = { told, evidence, byKey: groupBy(evidence.orders, (order) => order.key) };
  const findings = [answered, acknowledged, refused, finished, stock, charged, uncharged, notified];
  return [...findings, ...(evidence.sales === undefined ? [] : [booked])].map((find) =>
    find(books),
  );
}

interface Books {
  readonly told: readonly Told[];
  readonly evidence: Evidence;
  readonly byKey: ReadonlyMap<string, readonly OrderFact[]>;
}

function answered({ told }: Books): Finding {
  const unknown = told.filter(({ verdict }) => verdict === 'unknown');
  return {
    name: 'every checkout got a definite answer',
    figures: `${told.length - unknown.length} of ${told.length}`,
    offenders: unknown.map(({ key, code }) => `${key}: last answer ${code}`),
  };
}

function acknowledged({ told, byKey }: Books): Finding {
  const confirmed = told.filter(({ verdict }) => verdict === 'confirmed');
  const offenders = confirmed.flatMap((one) => {
    const rows = byKey.get(one.key) ?? [];
    const [row] = rows;
    if (row === undefined || rows.length > 1) return `${one.orderId}: stored ${rows.length} times`;
    if (row.id !== one.orderId) return `${one.orderId}: stored as ${row.id}`;
    return statusesAfter(one).includes(row.status) ? [] : `${row.id}: stored as ${row.status}`;
  });
  return {
    name: 'every acknowledged order is stored once, as it was told',
    figures: `${confirmed.length - offenders.length} of ${confirmed.length}`,
    offenders,
  };
}

function statusesAfter({ cancellation }: Told): string[] {
  if (cancellation === 'none') return ['confirmed'];
  return cancellation === 'acknowledged' ? ['cancelled'] : ['confirmed', 'cancelled'];
}

function refused({ told, byKey }: Books): Finding {
  const rejected = told.filter(({ verdict }) => verdict === 'rejected');
  const offenders = rejected.flatMap(({ key }) =>
    (byKey.get(key) ?? [])
      .filter((order) => order.status !== 'rejected')
      .map((order) => `${order.id}: told rejected, stored as ${order.status}`),
  );
  return {
    name: 'no rejected checkout was sold after all',
    figures: `${rejected.length - offenders.length} of ${rejected.length}`,
    offenders,
  };
}

function finished({ evidence: { orders, pending } }: Books): Finding {
  const { placed, outbox, notUndone } = pending;
  const left = orders.filter((order) => order.status === 'placed');
  const waiting = [
    ...(outbox > 0 ? [`${outbox} events were never delivered`] : []),
    ...(notUndone > 0 ? [`${notUndone} orders called off were never undone`] : []),
  ];
  return {
    name: 'nothing is left half done',
    figures: `${placed} placed, ${outbox} undelivered, ${notUndone} not undone`,
    offenders: [...left.map(({ id }) => `${id}: still placed`), ...waiting],
  };
}

function stock({ evidence }: Books): Finding {
  const sold = new Map<string, number>();
  for (const { productId, quantity } of sales(evidence).flatMap(({ lines }) => lines))
    sold.set(productId, (sold.get(productId) ?? 0) + quantity);
  const offenders = evidence.stock.flatMap(({ productId, initial, available }) => {
    const gone = sold.get(productId) ?? 0;
    if (available + gone === initial) return [];
    return `${productId}: ${available} left + ${gone} sold is not ${initial}`;
  });
  const pieces = [...sold.values()].reduce((sum, quantity) => sum + quantity, 0);
  return {
    name: 'stock left + stock sold = stock at the start',
    figures: `${pieces} pieces of ${sold.size} products`,
    offenders,
  };
}

function charged({ evidence }: Books): Finding {
  const payments = groupBy(evidence.payments, ({ orderId }) => orderId);
  const offenders = sales(evidence).flatMap(({ id, totalCents }) => {
    const rows = (payments.get(id) ?? []).filter(({ status }) => status === 'charged');
    if (rows.length !== 1) return `${id}: charged ${rows.length} times`;
    const { amountCents } = rows[0] as { amountCents: number };
    return amountCents === totalCents ? [] : `${id}: ${totalCents} owed, ${amountCents} charged`;
  });
  return {
    name: 'every confirmed order is charged once, to the cent',
    figures: euros(sumOf(sales(evidence), ({ totalCents }) => totalCents)),
    offenders,
  };
}

function uncharged({ evidence }: Books): Finding {
  const sold = new Set(sales(evidence).map(({ id }) => id));
  const kept = evidence.payments.filter(
    ({ orderId, status }) => status === 'charged' && !sold.has(orderId),
  );
  const calledOff = evidence.orders.filter(({ status }) => /rejected|cancelled/.test(status));
  return {
    name: 'no rejected or cancelled order keeps a charge',
    figures: `${calledOff.length} called off`,
    offenders: kept.map(({ orderId, amountCents }) => `${orderId}: ${amountCents} cents kept`),
  };
}

function notified({ evidence }: Books): Finding {
  const notices = groupBy(evidence.notices, ({ orderId }) => orderId);
  const offenders = evidence.orders.flatMap(({ id, status }) => {
    const found = (notices.get(id) ?? []).map(({ kind }) => kind).toSorted();
    const due = noticesOf(status);
    return found.join() === due.join() ? [] : `${id}: ${status}, told [${found.join(', ')}]`;
  });
  const known = new Set(evidence.orders.map(({ id }) => id));
  const strays = [...notices.keys()].filter((orderId) => !known.has(orderId));
  return {
    name: 'every customer was told exactly once',
    figures: `${evidence.notices.length} notifications`,
    offenders: [...offenders, ...strays.map((id) => `${id}: told of an order that is not stored`)],
  };
}

function noticesOf(status: string): string[] {
  if (status === 'confirmed') return ['order.confirmed'];
  return status === 'cancelled' ? ['order.cancelled', 'order.confirmed'] : [];
}

function booked({ evidence }: Books): Finding {
  const revenue = new Map<string, number>();
  for (const { orderId, revenueCents } of evidence.sales ?? [])
    revenue.set(orderId, (revenue.get(orderId) ?? 0) + revenueCents);
  const owed = new Map(sales(evidence).map(({ id, totalCents }) => [id, totalCents]));
  const ids = [...new Set([...revenue.keys(), ...owed.keys()])];
  const offenders = ids.flatMap((id) => {
    const [inBooks, inOrders] = [revenue.get(id) ?? 0, owed.get(id) ?? 0];
    return inBooks === inOrders ? [] : `${id}: ${inBooks} in the books, ${inOrders} sold`;
  });
  return {
    name: 'the books equal the confirmed orders, to the cent',
    figures: euros(sumOf([...revenue.values()], (cents) => cents)),
    offenders,
  };
}

function sales({ orders }: Evidence): OrderFact[] {
  return orders.filter(({ status }) => status === 'confirmed');
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

const euros = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`;
