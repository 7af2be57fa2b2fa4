// domain/stock.ts: whether an order's lines can be had, and the order to lock their rows in.
// The inventory feature of every shape calls this before it takes stock.
import type { StockLine } from '../contract/inventory.ts';

/** The values of OutOfStock: quantities are whole pieces. */
export interface Shortage {
  productId: string;
  wanted: number;
  left: number;
}

/**
 * The first line that cannot be had, or null when all can.
 * @param lines each product at most once, as a drafted order guarantees
 * @param available pieces by product id; a product that is missing has none
 */
export function shortages(
  lines: readonly StockLine[],
  available: ReadonlyMap<string, number>,
): Shortage | null {
  for (const { productId, quantity: wanted } of lines) {
    const left = available.get(productId) ?? 0;
    if (left < wanted) return { productId, wanted, left };
  }
  return null;
}

/**
 * A copy of the lines sorted by product id. Two transactions that lock the same rows in the same
 * order can wait for each other, but never in a circle: no deadlock.
 */
export function inLockOrder(lines: readonly StockLine[]): StockLine[] {
  // By code unit and not by locale: every process must sort alike, wherever it runs.
  return lines.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
}
