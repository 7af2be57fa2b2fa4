// browser/head.tsx: the line on top: who buys, how fast, and the way back to a whole shop.
// Drawn by main.tsx.
import { useState } from 'preact/hooks';
import type { Customers, LiveState } from '../live-state.ts';
import { BreakSomething } from './break-something.tsx';
import { order } from './orders.ts';
import { Problems } from './problems.tsx';

interface Props {
  readonly state: LiveState;
  readonly live: boolean;
  readonly instructor: boolean;
}

export function Head({ state, live, instructor }: Props) {
  const [problems, setProblems] = useState<string[]>([]);
  return (
    <header>
      <div class="title">
        <h1>One shop, three shapes</h1>
        <p class={live ? 'quiet' : 'away'} role="status">
          {live ? 'live' : '✖ the lab’s server is away: what you see is old'}
          {instructor ? '' : ' · to look at only'}
        </p>
      </div>
      <CustomersControl customers={state.customers} instructor={instructor} say={setProblems} />
      <div class="switches">
        <button type="button" disabled={!instructor} onClick={() => order('reset')}>
          Count from zero
        </button>
        <a class="button" href="/shop/">
          Shop
        </a>
        <button
          type="button"
          onClick={() => document.documentElement.classList.toggle('presenter')}
        >
          Large type
        </button>
      </div>
      <BreakSomething state={state} instructor={instructor} />
      <Problems sentences={problems} />
    </header>
  );
}

interface CustomersProps {
  readonly customers: Customers;
  readonly instructor: boolean;
  readonly say: (problems: string[]) => void;
}

function CustomersControl({ customers, instructor, say }: CustomersProps) {
  const [wish, setWish] = useState(customers.rateRps);
  const { running, scenario } = customers;
  const set = async (change: Partial<Customers>) =>
    say(await order('customers', { running, scenario, rateRps: wish, ...change }));
  return (
    <fieldset class="customers" disabled={!instructor}>
      <legend class="unseen">Customers of each shape</legend>
      <button
        type="button"
        class={running ? '' : 'first'}
        onClick={() => set({ running: !running })}
      >
        {running ? '■ Send them home' : '▶ Let them in'}
      </button>
      <label>
        <span>{wish} requests a second</span>
        <input
          type="range"
          min={1}
          max={100}
          value={wish}
          onInput={({ currentTarget }) => setWish(Number(currentTarget.value))}
          onChange={() => running && set({})}
        />
      </label>
      <label>
        <select
          aria-label="What they do"
          value={scenario}
          onChange={({ currentTarget }) =>
            set({ scenario: currentTarget.value as Customers['scenario'] })
          }
        >
          <option value="mixed">do all there is</option>
          <option value="browse">only browse</option>
          <option value="checkout">buy</option>
        </select>
      </label>
    </fieldset>
  );
}
