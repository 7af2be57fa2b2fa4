// browser/shelf.tsx: what there is to buy: searched, filtered, a page at a time.
// Drawn by main.tsx.
import type { Product, ProductQuery } from '@lab/shared/contract/catalog.ts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { euros } from './basket.ts';
import type { Shop } from './shops.ts';
import { tried } from './tried.ts';

type Category = NonNullable<ProductQuery['category']>;
const categories: readonly Category[] = [
  ...(['books', 'coffee', 'garden', 'games', 'kitchen', 'music'] as const),
  ...(['outdoor', 'stationery', 'tea', 'toys'] as const),
];
const PAGE = 12;

interface Props {
  readonly shop: Shop;
  readonly onTake: (product: Product) => void;
}

interface Found {
  readonly items: readonly Product[];
  readonly next: string | null;
  readonly problem?: string | undefined;
}

export function Shelf({ shop, onTake }: Props) {
  const [q, setQ] = useState('');
  const [category, setCategory] = useState<Category | ''>('');
  const [found, setFound] = useState<Found | null>(null);
  const latest = useRef(0);
  const look = async (cursor: string | null, before: readonly Product[]) => {
    latest.current += 1;
    const number = latest.current;
    const query = {
      limit: PAGE,
      ...(q && { q }),
      ...(category && { category }),
      ...(cursor && { cursor }),
    };
    const { data, problem } = await tried(shop.client.listProducts({ query }));
    // An answer that comes late must not replace one to a later question.
    if (number !== latest.current) return;
    setFound({
      items: [...before, ...(data?.items ?? [])],
      next: data === undefined ? cursor : data.nextCursor,
      problem,
    });
  };
  useEffect(() => {
    // After the last letter, not at each.
    const timer = setTimeout(() => void look(null, []), 150);
    return () => clearTimeout(timer);
  }, [shop, q, category]);
  return (
    <section aria-label="Products">
      <p class="search">
        <input
          type="search"
          aria-label="Search"
          placeholder="Search, as for tea"
          value={q}
          onInput={({ currentTarget }) => setQ(currentTarget.value)}
        />
        <select
          aria-label="Category"
          value={category}
          onChange={({ currentTarget }) => setCategory(currentTarget.value as Category | '')}
        >
          <option value="">everything</option>
          {categories.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </p>
      {found === null ? (
        <p class="quiet">Looking …</p>
      ) : (
        <Found found={found} onTake={onTake} onMore={() => void look(found.next, found.items)} />
      )}
    </section>
  );
}

interface FoundProps {
  readonly found: Found;
  readonly onTake: (product: Product) => void;
  readonly onMore: () => void;
}

function Found({ found: { items, next, problem }, onTake, onMore }: FoundProps) {
  return (
    <>
      {problem && (
        <p role="alert" class="problem">
          ✖ {problem}
        </p>
      )}
      {items.length === 0 && !problem && <p class="quiet">Nothing like that.</p>}
      <ul class="shelf">
        {items.map((product) => (
          <li key={product.id}>
            <h2>{product.name}</h2>
            <p class="quiet">{product.description}</p>
            <p class="buy">
              <b>{euros(product.priceCents)}</b>
              <button
                type="button"
                aria-label={`Take ${product.name}`}
                onClick={() => onTake(product)}
              >
                Take one
              </button>
            </p>
          </li>
        ))}
      </ul>
      {next !== null && (
        <button type="button" onClick={onMore}>
          More
        </button>
      )}
    </>
  );
}
