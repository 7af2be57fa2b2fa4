// payments/view.ts: a payment row as the contract shows it.
// Called by controller.ts.
import type { Payment } from '@lab/shared/contract/payments.ts';
import type { PaymentRow } from './model.ts';

export const paymentView = (row: PaymentRow): Payment => ({
  orderId: row.order_id,
  amountCents: row.amount_cents,
  status: row.status,
  chargedAt: row.charged_at,
});
