// browser/checkout.tsx: the basket, a card, and an order that is waited for, asked after, or called back.
// Drawn by main.tsx.
import { useState } from 'preact/hooks';
import { type Basket, changed, euros, totalCents } from './basket.ts';
import { waitForCall } from './called.ts';
import { type Placed, place } from './place.ts';
import type { Shop } from './shops.ts';

/** Of the card network, which is simulated: docs/api.md. */
const cards: readonly (readonly [token: string, what: string])[] = [
  ['tok_visa', 'a card that pays'],
  ['tok_slow', 'a card that takes 1.5 s'],
  ['tok_declined', 'a card that is declined'],
];

type Hear = 'wait' | 'ask' | 'be called';

interface Props {
  readonly shop: Shop;
  readonly basket: Basket;
  readonly customerId: string;
  readonly onChange: (basket: Basket) => void;
  readonly onOrdered: (orderId: string) => void;
}

export function Checkout({ shop, basket, customerId, onChange, onOrdered }: Props) {
  const [cardToken, setCard] = useState('tok_visa');
  const [hear, setHear] = useState<Hear>('wait');
  const [placed, setPlaced] = useState<Placed | null>(null);
  const buy = async () => {
    // At once: a second press must not order again.
    setPlaced({ state: 'under way', words: 'Ordering …' });
    const { callbackUrl } = shop;
    const isCalled = hear === 'be called' && callbackUrl !== undefined;
    const called = isCalled ? await waitForCall(callbackUrl) : undefined;
    const wish = { basket, customerId, cardToken, later: hear !== 'wait', called };
    const last = await place(shop.client, wish, setPlaced).finally(() => called?.close());
    if (last.order !== undefined) onOrdered(`${last.order.id} ${last.order.status}`);
    if (last.order?.status === 'confirmed') onChange([]);
  };
  const fail = ({ message }: Error) =>
    setPlaced({ state: 'decided', words: `✖ ${message}`, problem: true });
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
        Hear of it by{' '}
        <select value={hear} onChange={({ currentTarget }) => setHear(currentTarget.value as Hear)}>
          <option value="wait">waiting for the answer</option>
          <option value="ask">asking after it</option>
          {shop.callbackUrl !== undefined && <option value="be called">being called back</option>}
        </select>
      </label>
      <button
        type="button"
        class="first"
        disabled={basket.length === 0 || busy}
        onClick={() => void buy().catch(fail)}
      >
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
