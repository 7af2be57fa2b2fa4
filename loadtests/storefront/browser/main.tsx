// browser/main.tsx: the storefront: a shelf, a basket and the orders, in whichever shape is chosen.
// Bundled by shop-files.ts with the SDK that was generated from the contract.
import '../../console/base.css';
import './style.css';
import { customers } from '@lab/shared/fixtures/customers.ts';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { type Basket, changed } from './basket.ts';
import { Checkout } from './checkout.tsx';
import { Orders } from './orders.tsx';
import { Shelf } from './shelf.tsx';
import { findShops, type Shop, type Shops } from './shops.ts';

function Storefront({ known }: { readonly known: Shops }) {
  const [shops, setShops] = useState(known.found);
  const [shop, setShop] = useState(known.found[0] as Shop);
  const [basket, setBasket] = useState<Basket>([]);
  const [customerId, setCustomerId] = useState(customers[0]?.id ?? '');
  const [newest, setNewest] = useState('');
  return (
    <>
      <Choice
        shops={shops}
        shop={shop}
        onShop={setShop}
        onAddress={(url) => {
          const other = known.at(url);
          if (other === undefined) return;
          setShops([...known.found, other]);
          setShop(other);
        }}
        customerId={customerId}
        onCustomer={setCustomerId}
      />
      <main>
        <Shelf shop={shop} onTake={(product) => setBasket(changed(basket, product, 1))} />
        <aside>
          <Checkout
            shop={shop}
            basket={basket}
            customerId={customerId}
            onChange={setBasket}
            onOrdered={setNewest}
          />
          <Orders
            key={`${shop.name} ${customerId} ${newest}`}
            shop={shop}
            customerId={customerId}
          />
        </aside>
      </main>
    </>
  );
}

interface ChoiceProps {
  readonly shops: readonly Shop[];
  readonly shop: Shop;
  readonly onShop: (shop: Shop) => void;
  readonly onAddress: (url: string) => void;
  readonly customerId: string;
  readonly onCustomer: (id: string) => void;
}

function Choice({ shops, shop, onShop, onAddress, customerId, onCustomer }: ChoiceProps) {
  return (
    <header>
      <h1>The shop</h1>
      <fieldset>
        <legend class="unseen">Which shape</legend>
        {shops.map((one) => (
          <label key={one.name}>
            <input type="radio" name="shop" checked={one === shop} onChange={() => onShop(one)} />
            {one.name}
          </label>
        ))}
        <label>
          or at{' '}
          <input
            type="url"
            placeholder="http://127.0.0.1:4000"
            onChange={({ currentTarget }) => onAddress(currentTarget.value)}
          />
        </label>
      </fieldset>
      <label>
        You are{' '}
        <select
          value={customerId}
          onChange={({ currentTarget }) => onCustomer(currentTarget.value)}
        >
          {customers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

const root = document.querySelector('#shop');
const known = await findShops();
if (root !== null) render(<Storefront known={known} />, root);
