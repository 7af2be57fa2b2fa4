// reports/view.ts: sums as the contract shows them.
// Called by controller.ts.
import type { RevenueReport, TopProduct } from '@lab/shared/contract/reports.ts';
import type { ProductSum, RevenueSum } from './model.ts';

export const revenueView = (sums: readonly RevenueSum[], asOf: string | null): RevenueReport => ({
  rows: sums.map((sum) => ({
    key: sum.key,
    orders: sum.orders,
    quantity: sum.quantity,
    revenueCents: sum.revenue_cents,
  })),
  totalCents: sums.reduce((total, sum) => total + sum.revenue_cents, 0),
  asOf,
});

export const topProductView = (sum: ProductSum): TopProduct => ({
  productId: sum.product_id,
  name: sum.name,
  quantity: sum.quantity,
  revenueCents: sum.revenue_cents,
});
