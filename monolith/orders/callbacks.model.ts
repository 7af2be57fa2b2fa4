// orders/callbacks.model.ts: the table order_callbacks: whom to call when an order is done.
// Filled by model.ts together with the order; server.ts makes the store, which a worker empties.
import type { Queries } from '@lab/shared/runtime/database.ts';
import type { CallbackStore, DueCallback } from '@lab/shared/runtime/webhooks/rounds.ts';
import { findOrder } from './model.ts';
import { callbackOf } from './view.ts';

interface CallbackRow {
  order_id: string;
  url: string;
  attempts: number;
}

/** What is due is of orders that are decided: one that is still `placed` waits. */
export function callbackStore(db: Queries): CallbackStore {
  async function withBody({ order_id: id, url, attempts }: CallbackRow): Promise<DueCallback[]> {
    const order = await findOrder(db, id);
    return order === undefined ? [] : [{ id, url, attempts, body: callbackOf(order) }];
  }
  return {
    async findDue(now, most) {
      const rows = await db.all<CallbackRow>(
        `SELECT order_id, url, attempts FROM order_callbacks
           JOIN orders ON orders.id = order_id
         WHERE outcome IS NULL AND next_at <= $1 AND status <> 'placed' ORDER BY next_at LIMIT $2`,
        [now.toISOString(), most],
      );
      return (await Promise.all(rows.map(withBody))).flat();
    },
    async claim({ id, attempts }, nextAt) {
      const { changes } = await db.run(
        `UPDATE order_callbacks SET attempts = attempts + 1, next_at = $3
         WHERE order_id = $1 AND attempts = $2 AND outcome IS NULL`,
        [id, attempts, nextAt.toISOString()],
      );
      return changes === 1;
    },
    async finish(id, { kind }) {
      await db.run('UPDATE order_callbacks SET outcome = $2 WHERE order_id = $1', [id, kind]);
    },
  };
}
