// scenarios/browsing.ts: looking around: lists of products, one product, how much is left.
// Open operations, which need neither a key nor an order.
import {
  categories,
  getProduct,
  listProducts,
  type Product,
} from '@lab/shared/contract/catalog.ts';
import { getStock } from '@lab/shared/contract/inventory.ts';
import { products } from '@lab/shared/fixtures/products.ts';
import { expecting, someAndAll } from './checks.ts';
import { pickPlentiful, type Shopper, type ShotMaker } from './shopper.ts';
import { shotAt } from './shot.ts';
import { stratified } from './stratified.ts';

/** The first page of everything, the page of a category, and a search by name, in turn. */
export function listingProducts(shopper: Shopper): ShotMaker {
  const random = shopper.random('listProducts');
  const next = stratified<ShotMaker>([
    [() => pageOfEverything(shopper), 2],
    [() => pageOfCategory(shopper, random), 2],
    [() => searchByName(shopper, random), 1],
  ]);
  return () => next()();
}

/** One product; its name, category and price are the fixture's. */
export function lookingAtProduct({ options, random }: Shopper): ShotMaker {
  const stream = random('getProduct');
  return () => {
    const product = pickPlentiful(stream);
    return shotAt(getProduct, options.customerKey, {
      params: { productId: product.id },
      check: expecting(getProduct, (answer) => ({
        'that product': answer.id === product.id,
        'as in the catalog': isForSale(answer),
      })),
    });
  };
}

/** The stock only falls from what it was, and these products never run out. */
export function askingForStock({ options, random }: Shopper): ShotMaker {
  const stream = random('getStock');
  return () => {
    const { id, initialStock } = pickPlentiful(stream);
    return shotAt(getStock, options.customerKey, {
      params: { productId: id },
      check: expecting(getStock, ({ productId, available }) => ({
        'that product': productId === id,
        'at most the opening stock': available <= initialStock,
        'in stock': available > 0,
      })),
    });
  };
}

// The contract's default, asked for by name: a full page is known only if its size is.
const PAGE = 20;

function pageOfEverything({ options }: Shopper) {
  return shotAt(listProducts, options.customerKey, {
    query: { limit: String(PAGE) },
    check: expecting(listProducts, ({ items }) => ({
      'a full page': items.length === PAGE,
      'as in the catalog': items.every(isForSale),
    })),
  });
}

function pageOfCategory({ options }: Shopper, random: () => number) {
  const category = categories[Math.floor(random() * categories.length)] ?? 'tea';
  const inCategory = products.filter((product) => product.category === category).length;
  return shotAt(listProducts, options.customerKey, {
    query: { category, limit: String(PAGE) },
    check: expecting(listProducts, ({ items }) => ({
      'a full page': items.length === Math.min(PAGE, inCategory),
      'of that category': items.every((item) => item.category === category),
      'as in the catalog': items.every(isForSale),
    })),
  });
}

// How a shop matches and sorts is its own; the product of that very name must be among them.
function searchByName({ options }: Shopper, random: () => number) {
  const { id, name } = pickPlentiful(random);
  return shotAt(listProducts, options.customerKey, {
    query: { q: name, limit: String(PAGE) },
    check: expecting(listProducts, ({ items }) => ({
      'at most a page': items.length <= PAGE,
      'as in the catalog': someAndAll(items, isForSale),
      'the product named': items.some((item) => item.id === id),
    })),
  });
}

const fixtures = new Map(products.map((product) => [product.id, product]));

function isForSale(product: Product): boolean {
  const known = fixtures.get(product.id);
  return (
    known?.name === product.name &&
    known.category === product.category &&
    known.priceCents === product.priceCents
  );
}
