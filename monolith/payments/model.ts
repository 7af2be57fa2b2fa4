// payments/model.ts: the payments table, one row an order.
// Called by controller.ts and, at the first start, to fill the table.
import type { Order } from '@lab/shared/contract/orders.ts';
import type { Database, Queries } from '@lab/shared/runtime/database.ts';

export interface PaymentRow {
  order_id: string;
  amount_cents: number;
  status: 'charged' | 'refunded';
  charged_at: string;
}

export function findPayment(db: Queries, orderId: string): Promise<PaymentRow | undefined> {
  return db.get<PaymentRow>(
    'SELECT order_id, amount_cents, status, charged_at FROM payments WHERE order_id = $1',
    [orderId],
  );
}

/** @throws DuplicateKey when the order was charged before */
export async function insertPayment(
  tx: Queries,
  payment: { orderId: string; amountCents: number; chargedAt: string },
): Promise<void> {
  await tx.run(
    `INSERT INTO payments (order_id, amount_cents, status, charged_at)
     VALUES ($1, $2, 'charged', $3)`,
    [payment.orderId, payment.amountCents, payment.chargedAt],
  );
}

export async function markRefunded(tx: Queries, orderId: string): Promise<void> {
  await tx.run(`UPDATE payments SET status = 'refunded' WHERE order_id = $1`, [orderId]);
}

/** Fills an empty table with the payments of past orders. */
export async function seedPayments(db: Database, past: Iterable<Order>): Promise<void> {
  await db.transaction(async (tx) => {
    if (await tx.get('SELECT 1 FROM payments LIMIT 1')) return;
    for (const { id: orderId, totalCents: amountCents, placedAt: chargedAt } of past) {
      await insertPayment(tx, { orderId, amountCents, chargedAt });
    }
  });
}
