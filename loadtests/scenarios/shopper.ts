// scenarios/shopper.ts: what the makers of requests share: seed, keys, known orders, product choice.
// One per run; every maker draws from a random stream of its own.
import { seededRandom, weightedPicker } from '@lab/shared/domain/random.ts';
import { customers } from '@lab/shared/fixtures/customers.ts';
import { products, type StockedProduct } from '@lab/shared/fixtures/products.ts';
import { createKnownOrders, type KnownOrders } from './known-orders.ts';
import type { Shot, TargeterOptions } from './shot.ts';
import { stratified, type Weighted } from './stratified.ts';

/** Makes one kind of request, again and again. */
export type ShotMaker = () => Shot;

export interface Shopper {
  readonly options: TargeterOptions;
  readonly knownOrders: KnownOrders;
  /**
   * A stream of numbers in [0, 1) by name. Each maker has its own, so that what one draws, which
   * may depend on answers, never shifts what another asks for.
   */
  random(stream: string): () => number;
}

export function createShopper(options: TargeterOptions): Shopper {
  return {
    options,
    knownOrders: createKnownOrders(),
    random: (stream) => seededRandom(options.seed ^ hashOf(stream)),
  };
}

/** @param makers each with its turns a cycle */
export function targeterOf(makers: readonly Weighted<ShotMaker>[]) {
  const next = stratified(makers);
  return { nextShot: () => next()() };
}

/** Products that a run of half an hour cannot sell out: the last teapot is another experiment's. */
const plentiful = products.filter((product) => product.initialStock >= 200);

/** More of what there is more of, so that all stock sinks at the same pace. */
export const pickPlentiful: (random: () => number) => StockedProduct = weightedPicker(
  plentiful.map((product) => [product, product.initialStock] as const),
);

/** Any of the shop's people, all alike. */
export function pickCustomerId(random: () => number): string {
  const customer = customers[Math.floor(random() * customers.length)];
  if (customer === undefined) throw new Error('random() gave a number outside [0, 1).');
  return customer.id;
}

// FNV-1a. Whatever spreads names over 32 bits would do.
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash;
}
