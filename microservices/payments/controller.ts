// payments/controller.ts: asking the card network, charging, refunding.
// Called by routes.ts; the orders service calls charge and refund over HTTP.
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewPayment, Payment, PaymentRequest } from '@lab/shared/contract/payments.ts';
import type { Problem as ProblemBody } from '@lab/shared/contract/problem.ts';
import { askCardNetwork } from '@lab/shared/domain/card-network.ts';
import { fingerprint } from '@lab/shared/domain/fingerprint.ts';
import { NotFound, PaymentDeclined, Problem, toProblem } from '@lab/shared/domain/problems.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import type { Shop } from './app.ts';
import * as model from './model.ts';
import { answerAgain, paymentView } from './view.ts';

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

// DIFFERS: a repeated or late charge must be recognised, docs/decisions/0006
/**
 * Charges an order, once: the same Idempotency-Key and body get the same answer.
 * @throws PaymentDeclined (402); IDEMPOTENCY_KEY_REUSED (422) for the key with another body;
 *   PAYMENT_CALLED_OFF (409) when the refund came first
 */
export async function charge(db: Queries, input: NewPayment, call: Call): Promise<Payment> {
  const key = call.idempotencyKey ?? input.orderId;
  const print = fingerprint(input);
  const earlier = await model.findRepeated(db, key, input.orderId);
  if (earlier !== undefined) return answerAgain(earlier, print);
  await authorise(input);
  const chargedAt = new Date().toISOString();
  await model.insertPayment(db, { ...input, chargedAt, key, fingerprint: print });
  // Whoever came first has the row: this charge, its twin, or a refund that called it off.
  const kept = await model.findRepeated(db, key, input.orderId);
  if (kept === undefined) throw new Error(`the payment of ${input.orderId} is gone`);
  return answerAgain(kept, print);
}

// DIFFERS: asked for through a queue, answered by a call, docs/decisions/0034
/**
 * Charges an order and tells it how that went, once or again. What broke on the way, here or there,
 * is thrown: the request comes again.
 */
export async function requestPayment(
  { db, orders }: Pick<Shop, 'db' | 'orders'>,
  { data }: PaymentRequest,
  call: Call,
): Promise<{ accepted: boolean }> {
  const refusal = await charge(db, data, call).then(() => null, refusalOf);
  await orders.settlePayment(data.orderId, { refusal }, call);
  return { accepted: true };
}

function refusalOf(error: unknown): ProblemBody {
  if (error instanceof Problem && error.status < 500) return toProblem(error);
  throw error;
}

// DIFFERS: a refund may overtake its charge, and then forbids it, docs/decisions/0006
/** Gives the money of an order back; an order that was not charged yet never will be. */
export async function refund(db: Queries, orderId: string): Promise<Payment> {
  await model.callOff(db, orderId, new Date().toISOString());
  await model.markRefunded(db, orderId);
  return getPayment(db, orderId);
}
