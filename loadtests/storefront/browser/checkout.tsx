// browser/checkout.tsx: the basket, a card, and an order that is waited for or asked after.
// Drawn by main.tsx.
import { useState } from 'preact/hooks';
import { type Basket, changed, euros, totalCents } from './basket.ts';
import { type Placed, place } from './place.ts';
import type { Shop } from './shops.ts';

/** Of the card network, which is simulated: docs/api.md. */
const cards: readonly (readonly [token: string, what: string])[] = [
  ['tok_visa', 'a card that pays'],
  ['tok_slow', 'a card that takes 1.5 s'],
  ['tok_declined', 'a card that is declined'],
];

interface Props {
  readonly shop: Shop;
  readonly basket: Basket;
  readonly customerId: string;
  readonly onChange: (basket: Basket) => void;
  readonly onOrdered: (orderId: string) => void;
}

export function Checkout({ shop, basket, customerId, onChange, onOrdered }: Props) {
  const [cardToken, setCard] = useState('tok_visa');
  const [later, setLater] = useState(false);
  const [placed, setPlaced] = useState<Placed | null>(null);
  const buy = async () => {
    const last = await place(shop.client, { basket, customerId, cardToken, later }, setPlaced);
    if (last.order !== undefined) onOrdered(`${last.order.id} ${last.order.status}`);
    if (last.order?.status === 'confirmed') onChange([]);
  };
  const busy = placed?.state === 'under way';
  return (
    <section aria-label="Basket">
      <h2>Basket</h2>
      <Lines basket={basket} onChange={onChange} />
      <label>
        Pay with{' '}
        <select value={cardToken} onChange={({ currentTarget }) => setCard(currentTarget.value)}>
          {cards.map(([token, what]) => (
            <option key={token} value={token}>
              {what}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input type="checkbox" checked={later} onChange={() => setLater(!later)} /> do not wait: ask
        after it
      </label>
      <button type="button" class="first" disabled={basket.length === 0 || busy} onClick={buy}>
        Order for {euros(totalCents(basket))}
      </button>
      <p role="status" class={placed?.problem ? 'problem' : ''}>
        {placed?.words}
      </p>
    </section>
  );
}

function Lines({ basket, onChange }: Pick<Props, 'basket' | 'onChange'>) {
  if (basket.length === 0) return <p class="quiet">Empty: take something from the shelf.</p>;
  return (
    <ul class="lines">
      {basket.map(({ product, quantity }) => (
        <li key={product.id}>
          <span>
            {quantity} × {product.name}
          </span>
          <b>{euros(product.priceCents * quantity)}</b>
          <button
            type="button"
            aria-label={`One less of ${product.name}`}
            onClick={() => onChange(changed(basket, product, -1))}
          >
            −
          </button>
        </li>
      ))}
    </ul>
  );
}
