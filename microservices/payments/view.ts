// payments/view.ts: a payment row as the contract shows it.
// Called by controller.ts.
import type { Payment } from '@lab/shared/contract/payments.ts';
import { problem } from '@lab/shared/domain/problems.ts';
import { CALLED_OFF, type PaymentRow } from './model.ts';

export const paymentView = (row: PaymentRow): Payment => ({
  orderId: row.order_id,
  amountCents: row.amount_cents,
  status: row.status,
  chargedAt: row.charged_at,
});

// DIFFERS: a repeat is answered here, where the charge is kept, docs/decisions/0006
/**
 * The answer that the first request got.
 * @throws PAYMENT_CALLED_OFF (409), IDEMPOTENCY_KEY_REUSED (422)
 */
export function answerAgain(row: PaymentRow, fingerprint: string): Payment {
  if (row.fingerprint === CALLED_OFF) {
    const orderId = row.order_id;
    throw problem('paymentCalledOff', 'The refund of this order came first.', { orderId });
  }
  if (row.fingerprint !== fingerprint) {
    throw problem('idempotencyKeyReused', 'That Idempotency-Key came with another body.');
  }
  return paymentView({ ...row, status: 'charged' });
}
