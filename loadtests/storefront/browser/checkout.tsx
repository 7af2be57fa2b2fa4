// browser/checkout.tsx: the basket, a card, and an order that is waited for, asked after, or called back.
// Drawn by main.tsx.
import type { Order } from '@lab/shared/contract/orders.ts';
import { useEffect, useRef, useState } from 'preact/hooks';
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
  const [wanted, setHear] = useState<Hear>('wait');
  const { callbackUrl } = shop;
  const hear = wanted === 'be called' && callbackUrl === undefined ? 'ask' : wanted;
  const { placed, buy } = useOrder({ shop, basket, customerId, cardToken, hear }, (order) => {
    onOrdered(`${order.id} ${order.status}`);
    if (order.status === 'confirmed') onChange([]);
  });
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
          {callbackUrl !== undefined && <option value="be called">being called back</option>}
        </select>
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

interface Choice {
  readonly shop: Shop;
  readonly basket: Basket;
  readonly customerId: string;
  readonly cardToken: string;
  readonly hear: Hear;
}

/** What became of the last press, and the press itself. */
function useOrder(choice: Choice, onOrdered: (order: Order) => void) {
  const { shop, basket, customerId, cardToken, hear } = choice;
  const keyOf = useIdempotencyKey();
  const [placed, setPlaced] = useState<Placed | null>(null);
  // What came of an order elsewhere says nothing here.
  useEffect(() => setPlaced(null), [shop]);
  const order = async () => {
    const isCalled = hear === 'be called';
    const idempotencyKey = keyOf([shop.name, customerId, cardToken, isCalled, basket]);
    const called = isCalled ? await waitForCall(shop.callbackUrl ?? '', idempotencyKey) : undefined;
    const wish = { basket, customerId, cardToken, later: hear !== 'wait', idempotencyKey, called };
    const last = await place(shop.client, wish, setPlaced).finally(() => called?.close());
    if (last.order === undefined) return;
    keyOf([]);
    onOrdered(last.order);
  };
  const buy = () => {
    // At once: a second press must not order again.
    setPlaced({ state: 'under way', words: 'Ordering …' });
    order().catch(({ message }: Error) =>
      setPlaced({ state: 'decided', words: `✖ ${message}`, problem: true }),
    );
  };
  return { placed, buy };
}

/** One key for as long as the order is the same: a press that nobody answered may have been heard. */
function useIdempotencyKey() {
  const last = useRef({ what: '', key: '' });
  return (order: readonly unknown[]): string => {
    const what = JSON.stringify(order);
    if (what !== last.current.what) last.current = { what, key: crypto.randomUUID() };
    return last.current.key;
  };
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
