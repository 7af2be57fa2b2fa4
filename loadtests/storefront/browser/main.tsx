// browser/main.tsx: the storefront: a shelf, a basket and the orders, in whichever shape is chosen.
// Bundled by shop-files.ts with the SDK that was generated from the contract.
import '../../console/base.css';
import './style.css';
import { customers } from '@lab/shared/fixtures/customers.ts';
import { render } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { type Basket, changed } from './basket.ts';
import { Checkout } from './checkout.tsx';
import { Orders } from './orders.tsx';
import { Shelf } from './shelf.tsx';
import { demoKey, findShops, type Shop, type Shops } from './shops.ts';

function Storefront({ known }: { readonly known: Shops }) {
  const [basket, setBasket] = useState<Basket>([]);
  const [customerId, setCustomerId] = useState(customers[0]?.id ?? '');
  const [newest, setNewest] = useState('');
  const { shop, key, choice } = useChoice(known);
  return (
    <>
      <header>
        <h1>The shop</h1>
        {choice}
        <WhoBuys customerId={customerId} onCustomer={setCustomerId} />
      </header>
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
            key={`${shop.name} ${key} ${customerId} ${newest}`}
            shop={shop}
            customerId={customerId}
          />
        </aside>
      </main>
    </>
  );
}

/** The shop that is bought in, and what chooses it: among those that are known, or by an address. */
function useChoice(known: Shops) {
  const [key, setKey] = useState(demoKey);
  const [address, setAddress] = useState('');
  const [chosen, choose] = useState(0);
  // The same clients as long as key and address are: the shelf looks anew for another.
  const shops = useMemo(
    () => [...known.found(key), known.at(address, key) ?? []].flat(),
    [known, key, address],
  );
  const shop = (shops[chosen] ?? shops[0]) as Shop;
  const goTo = (text: string) => {
    setAddress(text);
    const last = known.found(key).length;
    if (known.at(text, key) !== undefined) choose(last);
    else if (chosen === last) choose(0);
  };
  const isWrong = address !== '' && known.at(address, key) === undefined;
  const choice = (
    <>
      <Choice shops={shops} shop={shop} onShop={(one) => choose(shops.indexOf(one))} />
      <Field label="or at" placeholder="http://127.0.0.1:4000" onChange={goTo} />
      {isWrong && <span class="problem">{addressWords}</span>}
      {known.wantsKey && (
        <Field label="Key" placeholder={demoKey} onChange={(text) => setKey(text || demoKey)} />
      )}
    </>
  );
  return { shop, key, choice };
}

const addressWords = 'An address here begins with http://127.0.0.1:';

interface ChoiceProps {
  readonly shops: readonly Shop[];
  readonly shop: Shop;
  readonly onShop: (shop: Shop) => void;
}

function Choice({ shops, shop, onShop }: ChoiceProps) {
  return (
    <fieldset>
      <legend class="unseen">Which shape</legend>
      {shops.map((one) => (
        <label key={one.name}>
          <input type="radio" name="shop" checked={one === shop} onChange={() => onShop(one)} />
          {one.name}
        </label>
      ))}
    </fieldset>
  );
}

interface FieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly onChange: (text: string) => void;
}

function Field({ label, placeholder, onChange }: FieldProps) {
  return (
    <label>
      {label}{' '}
      <input
        type="text"
        placeholder={placeholder}
        onChange={({ currentTarget }) => onChange(currentTarget.value.trim())}
      />
    </label>
  );
}

interface WhoProps {
  readonly customerId: string;
  readonly onCustomer: (id: string) => void;
}

function WhoBuys({ customerId, onCustomer }: WhoProps) {
  return (
    <label>
      You are{' '}
      <select value={customerId} onChange={({ currentTarget }) => onCustomer(currentTarget.value)}>
        {customers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const root = document.querySelector('#shop');
const known = await findShops();
if (root !== null) render(<Storefront known={known} />, root);
