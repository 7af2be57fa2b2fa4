// audit/checkout-plan.ts: who buys what with which card: a run's checkouts, the same for a seed.
// Called by run-audit.ts, once a run.
import type { NewOrder } from '@lab/shared/contract/orders.ts';
import { seededRandom, weightedPicker } from '@lab/shared/domain/random.ts';
import { customers } from '@lab/shared/fixtures/customers.ts';
import { products, type StockedProduct } from '@lab/shared/fixtures/products.ts';

/** One checkout to be. */
export interface Plan {
  readonly key: string;
  readonly body: NewOrder;
  /** Whether the customer cancels the order once it is confirmed. */
  readonly cancels: boolean;
  /** How long the customer thinks before buying. */
  readonly thinkMs: number;
}

const cancelledRatio = 0.04;
/** On average half of this; gives a run of 1,000 checkouts time for some 30 kills. */
const thinkMsMax = 1000;

const pickCard = weightedPicker([
  ['tok_visa', 70],
  ['tok_mastercard', 12],
  // The card network thinks for 1.5 s: long enough to be killed in the middle of.
  ['tok_slow', 5],
  ['tok_slow_declined', 2],
  ['tok_declined', 5],
  ['tok_no_funds', 3],
  ['tok_limit', 3],
]);
const pickSize = weightedPicker([
  [1, 45],
  [2, 30],
  [3, 25],
]);
const pickQuantity = weightedPicker([
  [1, 70],
  [2, 20],
  [3, 10],
]);
const pickCustomer = weightedPicker(customers.map(({ id }) => [id, 1] as const));
/** Few enough to be sold out, so that orders compete for the last pieces. */
const scarce = products.filter(({ initialStock }) => initialStock <= 24);
const pickProduct = weightedPicker<StockedProduct>([
  ...scarce.map((product) => [product, 15] as const),
  ...products.map((product) => [product, 3] as const),
]);

/** @param count how many checkouts, ≥ 0 @param seed a whole number */
export function planCheckouts(count: number, seed: number): Plan[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => ({
    key: `audit-${seed}-${index + 1}`,
    body: {
      customerId: pickCustomer(random),
      lines: fillBasket(random),
      cardToken: pickCard(random),
    },
    cancels: random() < cancelledRatio,
    thinkMs: random() * thinkMsMax,
  }));
}

function fillBasket(random: () => number): NewOrder['lines'] {
  const basket = new Map<string, number>();
  const size = pickSize(random);
  // A product drawn twice is still one line, so draw until there are enough.
  while (basket.size < size) basket.set(pickProduct(random).id, pickQuantity(random));
  return [...basket].map(([productId, quantity]) => ({ productId, quantity }));
}
