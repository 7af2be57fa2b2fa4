// browser/orders.tsx: what this customer ordered before, and the way out of it.
// Drawn by main.tsx; anew for another shop, another customer and each order.
import type { Order } from '@lab/shared/contract/orders.ts';
import { useEffect, useState } from 'preact/hooks';
import { euros } from './basket.ts';
import type { Shop } from './shops.ts';
import { tried } from './tried.ts';

interface Props {
  readonly shop: Shop;
  readonly customerId: string;
}

const SHOWN = 5;

export function Orders({ shop, customerId }: Props) {
  const [orders, setOrders] = useState<readonly Order[]>([]);
  const [problem, setProblem] = useState<string | undefined>();
  const look = async () => {
    const found = await tried(shop.client.listOrders({ query: { customerId, limit: SHOWN } }));
    setOrders(found.data?.items ?? []);
    setProblem(found.problem);
  };
  useEffect(() => void look(), []);
  const cancel = async (orderId: string) => {
    const cancelled = await tried(shop.client.cancelOrder({ path: { orderId } }));
    await look();
    setProblem(cancelled.problem);
  };
  return (
    <section aria-label="Orders">
      <h2>Your last orders</h2>
      {problem && (
        <p role="alert" class="problem">
          ✖ {problem}
        </p>
      )}
      <ul class="lines">
        {orders.map(({ id, status, totalCents, placedAt }) => (
          <li key={id}>
            <span>
              {status}
              <small class="quiet"> {new Date(placedAt).toLocaleString('en-GB')}</small>
            </span>
            <b>{euros(totalCents)}</b>
            {status === 'confirmed' && (
              <button type="button" onClick={() => void cancel(id)}>
                Cancel
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
