// audit/customer.ts: a customer who does not give up: asks again with the same key until told for good.
// Called by run-audit.ts and by the crash tests.
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewOrder } from '@lab/shared/contract/orders.ts';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { Agent, request } from 'undici';
import type { Told } from './evidence.ts';

export interface Customer {
  /** Checks out until the answer is definite; never throws. */
  checkOut(key: string, body: NewOrder): Promise<Told>;
  /** Cancels a confirmed order until that is acknowledged; never throws. */
  cancel(told: Told): Promise<Told>;
  close(): Promise<void>;
}

export interface CustomerOptions {
  readonly baseUrl: string;
  /** How long one customer goes on asking. */
  readonly patienceMs: number;
  /** Uniform in [0, 1): spreads the waits between attempts. */
  readonly random: () => number;
  readonly stopped?: AbortSignal | undefined;
}

/** What one attempt brought: `body` is undefined when no whole answer came back. */
interface Attempt {
  readonly status: number;
  readonly body: { code?: string; id?: string; orderId?: string; status?: string } | undefined;
}

/** Longer than the front door's own limit: an answer that can come is waited for. */
const answerTimeoutMs = 15_000;
const waitMsMin = 50;
const waitMsMax = 250;

export function createCustomer(options: CustomerOptions): Customer {
  const dispatcher = new Agent({ headersTimeout: answerTimeoutMs, bodyTimeout: answerTimeoutMs });
  const post = (path: string, headers: Record<string, string>, body?: unknown) =>
    attempt(options.baseUrl + path, dispatcher, headers, body);
  return {
    async checkOut(key, body) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const { last, attempts } = await insist(options, isDefinite, () =>
        post('/orders', headers, body),
      );
      return toldOf(key, last, attempts);
    },
    async cancel(told) {
      const path = `/orders/${told.orderId}/cancellation`;
      const { last } = await insist(options, isCancelled, () => post(path, {}));
      return { ...told, cancellation: isCancelled(last) ? 'acknowledged' : 'asked' };
    },
    close: () => dispatcher.destroy(),
  };
}

/**
 * A 4xx is a verdict, unless it asks for patience. A 5xx is one only when it names the order that
 * was rejected; another may come from a process that never learned what became of the checkout.
 */
export function isDefinite({ status, body }: Attempt): boolean {
  if (status === 201) return body?.id !== undefined;
  if (body === undefined || status === 429 || body.code === 'ORDER_IN_PROGRESS') return false;
  return body.orderId !== undefined || (status >= 400 && status < 500);
}

function isCancelled({ status, body }: Attempt): boolean {
  return status === 200 && body?.status === 'cancelled';
}

function toldOf(key: string, last: Attempt, attempts: number): Told {
  const { status, body } = last;
  const verdict = status === 201 ? 'confirmed' : 'rejected';
  return {
    key,
    verdict: isDefinite(last) ? verdict : 'unknown',
    code: status === 201 ? undefined : (body?.code ?? 'no answer'),
    orderId: body?.id ?? body?.orderId,
    cancellation: 'none',
    attempts,
  };
}

async function insist(
  { patienceMs, random, stopped }: CustomerOptions,
  enough: (answer: Attempt) => boolean,
  ask: () => Promise<Attempt>,
): Promise<{ last: Attempt; attempts: number }> {
  const endMs = performance.now() + patienceMs;
  for (let attempts = 1; ; attempts += 1) {
    const last = await ask();
    if (enough(last) || performance.now() > endMs || stopped?.aborted) return { last, attempts };
    await sleep(waitMsMin + random() * (waitMsMax - waitMsMin));
  }
}

async function attempt(
  url: string,
  dispatcher: Agent,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Attempt> {
  try {
    const answer = await request(url, {
      dispatcher,
      method: 'POST',
      headers: { 'x-api-key': DEMO_CUSTOMER_KEY, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.statusCode, body: (await answer.body.json()) as Attempt['body'] };
  } catch {
    return { status: 0, body: undefined };
  }
}
