// browser/basket.ts: what is to be bought: products by number, kept while the page is open.
// Used by the page's parts; pure.
import type { Product } from '@lab/shared/contract/catalog.ts';

export interface BasketLine {
  readonly product: Product;
  readonly quantity: number;
}
export type Basket = readonly BasketLine[];

const MOST_PIECES = 99;

/** @param by also below 0; a line of none is gone */
export function changed(basket: Basket, product: Product, by: number): Basket {
  const known = basket.find((line) => line.product.id === product.id);
  const quantity = Math.min(MOST_PIECES, (known?.quantity ?? 0) + by);
  const line = { product, quantity };
  const lines =
    known === undefined ? [...basket, line] : basket.map((one) => (one === known ? line : one));
  return lines.filter((one) => one.quantity > 0);
}

export const totalCents = (basket: Basket): number =>
  basket.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0);

export const euros = (cents: number): string =>
  (cents / 100).toLocaleString('en-IE', { style: 'currency', currency: 'EUR' });
