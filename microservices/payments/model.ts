// payments/model.ts: the payments table, one row an order.
// Called by controller.ts and, at the first start, to fill the table.
import type { Order } from '@lab/shared/contract/orders.ts';
import type { Database, Queries } from '@lab/shared/runtime/database.ts';

// DIFFERS: a row also says which request made it, docs/decisions/0006
export interface PaymentRow {
  order_id: string;
  amount_cents: number;
  status: 'charged' | 'refunded';
  charged_at: string;
  fingerprint: string;
}

/** The fingerprint of a row that only says: this order is never to be charged. */
export const CALLED_OFF = 'called off';

const columns = 'order_id, amount_cents, status, charged_at, fingerprint';

// DIFFERS: reads what recognises a repeat, docs/decisions/0006
export function findPayment(db: Queries, orderId: string): Promise<PaymentRow | undefined> {
  return db.get<PaymentRow>(`SELECT ${columns} FROM payments WHERE order_id = $1`, [orderId]);
}

/** The row that a repeated charge has left: that of its key, or else that of its order. */
export async function findRepeated(
  db: Queries,
  key: string,
  orderId: string,
): Promise<PaymentRow | undefined> {
  const sql = `SELECT ${columns} FROM payments WHERE idempotency_key = $1`;
  return (await db.get<PaymentRow>(sql, [key])) ?? findPayment(db, orderId);
}

// DIFFERS: a repeat changes nothing, docs/decisions/0006
/** Changes nothing when the order or the key has a row already. */
export async function insertPayment(
  tx: Queries,
  payment: {
    orderId: string;
    amountCents: number;
    chargedAt: string;
    key: string;
    fingerprint: string;
  },
): Promise<void> {
  const { orderId, amountCents, chargedAt, key, fingerprint } = payment;
  await tx.run(
    `INSERT INTO payments
       (order_id, amount_cents, status, charged_at, idempotency_key, fingerprint)
     VALUES ($1, $2, 'charged', $3, $4, $5) ON CONFLICT DO NOTHING`,
    [orderId, amountCents, chargedAt, key, fingerprint],
  );
}

/** Leaves a row that refuses a later charge, where there is none yet. */
export async function callOff(db: Queries, orderId: string, at: string): Promise<void> {
  await db.run(
    `INSERT INTO payments
       (order_id, amount_cents, status, charged_at, idempotency_key, fingerprint)
     VALUES ($1, 0, 'refunded', $2, $1, $3) ON CONFLICT DO NOTHING`,
    [orderId, at, CALLED_OFF],
  );
}

export async function markRefunded(tx: Queries, orderId: string): Promise<void> {
  await tx.run(`UPDATE payments SET status = 'refunded' WHERE order_id = $1`, [orderId]);
}

// DIFFERS: past charges have keys too, docs/decisions/0006
/** Fills an empty table with the payments of past orders. */
export async function seedPayments(db: Database, past: Iterable<Order>): Promise<void> {
  await db.transaction(async (tx) => {
    if (await tx.get('SELECT 1 FROM payments LIMIT 1')) return;
    for (const { id: orderId, totalCents: amountCents, placedAt: chargedAt } of past) {
      await insertPayment(tx, { orderId, amountCents, chargedAt, key: orderId, fingerprint: '' });
    }
  });
}
