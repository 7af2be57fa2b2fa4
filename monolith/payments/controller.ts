// payments/controller.ts: asking the card network, charging, refunding.
// Called by routes.ts and by the orders feature.
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewPayment, Payment } from '@lab/shared/contract/payments.ts';
import { askCardNetwork } from '@lab/shared/domain/card-network.ts';
import { NotFound, PaymentDeclined } from '@lab/shared/domain/problems.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import * as model from './model.ts';
import { paymentView } from './view.ts';

/** @throws NotFound (404) */
export async function getPayment(db: Queries, orderId: string): Promise<Payment> {
  const row = await model.findPayment(db, orderId);
  if (row === undefined) throw new NotFound({ what: 'payment', id: orderId });
  return paymentView(row);
}

/**
 * Asks the card network (simulated) and waits while it thinks.
 * @throws PaymentDeclined (402)
 */
export async function authorise({ orderId, amountCents, cardToken }: NewPayment): Promise<void> {
  const { approved, reason, thinkMs } = askCardNetwork(cardToken, amountCents);
  if (thinkMs > 0) await sleep(thinkMs);
  if (!approved) throw new PaymentDeclined({ orderId, reason: reason ?? 'no reason given' });
}

// DIFFERS: the charge is a row of the order's own transaction, docs/decisions/0006
/** Books an authorised payment, in the caller's transaction. */
export async function charge(tx: Queries, { orderId, amountCents }: NewPayment): Promise<void> {
  await model.insertPayment(tx, { orderId, amountCents, chargedAt: new Date().toISOString() });
}

/** Gives the money of a cancelled order back, in the caller's transaction. */
export async function refund(tx: Queries, orderId: string): Promise<void> {
  await model.markRefunded(tx, orderId);
}
