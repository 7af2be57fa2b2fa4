// orders/fake-shop.ts: the orders service with neighbours that are functions in this process.
// Used by the tests beside it, never by the service.
import { problem } from '@lab/shared/domain/problems.ts';
import { theLastTeapot } from '@lab/shared/fixtures/products.ts';
import { createBackground } from '@lab/shared/runtime/background.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import type { Shop } from './app.ts';
import * as orders from './controller.ts';

export type Step = 'price' | 'take' | 'charge' | 'return' | 'refund' | 'kick';
/** What a neighbour does after it was asked and before it answers; it may throw. */
export type Meets = Partial<Record<Step, (orderId: string) => unknown>>;

export interface FakeShop extends Shop {
  /** Whom the checkout asked, in order. */
  readonly steps: Step[];
  /** The orders that hold stock, and those whose card is charged. */
  readonly taken: Set<string>;
  readonly charged: Set<string>;
}

/** A shop that sells the last teapot. @param meets may be changed between calls */
export function fakeShop(db: Database, meets: Meets = {}): FakeShop {
  const steps: Step[] = [];
  const [taken, charged, calledOff] = [new Set<string>(), new Set<string>(), new Set<string>()];
  async function step(name: Step, orderId: string): Promise<void> {
    steps.push(name);
    await meets[name]?.(orderId);
  }
  const refunded = { amountCents: 0, status: 'refunded', chargedAt: '' } as const;
  const ping = async () => {};
  return {
    db,
    orders,
    steps,
    taken,
    charged,
    catalog: { ping, close: ping, getPrices: async () => step('price', '').then(() => sold) },
    inventory: {
      ping,
      close: ping,
      async takeStock({ orderId }) {
        await step('take', orderId);
        taken.add(orderId);
        return { orderId, status: 'taken' };
      },
      async returnStock(orderId) {
        await step('return', orderId);
        taken.delete(orderId);
        return { orderId, status: 'returned' };
      },
    },
    payments: {
      ping,
      close: ping,
      async charge({ orderId, amountCents }) {
        await step('charge', orderId);
        if (calledOff.has(orderId)) throw problem('paymentCalledOff', 'Too late.', { orderId });
        charged.add(orderId);
        return { orderId, amountCents, status: 'charged', chargedAt: '' };
      },
      async refund(orderId) {
        await step('refund', orderId);
        charged.delete(orderId);
        calledOff.add(orderId);
        return { orderId, ...refunded };
      },
    },
    outbox: { kick: () => void step('kick', '') },
    callbacks: { check: ping },
    wiring: { initial: 'sync', missing: 'NOTIFICATIONS_QUEUE_URL' },
    background: createBackground(createLogger('orders', 'silent')),
  };
}

const { initialStock: _stock, ...teapot } = theLastTeapot;
const sold = [teapot];
