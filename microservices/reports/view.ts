// reports/view.ts: sums as the contract shows them.
// Called by controller.ts.
import type { RevenueReport, TopProducts } from '@lab/shared/contract/reports.ts';
import type { Report } from '@lab/shared/domain/report.ts';
import type { ProductSum, RevenueSum } from './model.ts';

export const revenueView = ({ sums, newest, read }: Report<RevenueSum>): RevenueReport => ({
  rows: sums.map((sum) => ({
    key: sum.key,
    orders: sum.orders,
    quantity: sum.quantity,
    revenueCents: sum.revenue_cents,
  })),
  totalCents: sums.reduce((total, sum) => total + sum.revenue_cents, 0),
  asOf: newest,
  ...(read && { read }),
});

export const topProductsView = ({ sums, newest, read }: Report<ProductSum>): TopProducts => ({
  items: sums.map((sum) => ({
    productId: sum.product_id,
    name: sum.name,
    quantity: sum.quantity,
    revenueCents: sum.revenue_cents,
  })),
  asOf: newest,
  ...(read && { read }),
});
