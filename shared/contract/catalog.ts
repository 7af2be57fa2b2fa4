// contract/catalog.ts: what the shop sells, as its readers see it.
// Used by the catalog feature, the order saga (prices) and the generated OpenAPI document.
import { type Static, Type } from 'typebox';
import { operation } from './operation.ts';
import { Cents, ProductId, ProductPath, pageOf, pageQuery, strict, word } from './primitives.ts';

export const categories = [
  'books',
  'coffee',
  'garden',
  'games',
  'kitchen',
  'music',
  'outdoor',
  'stationery',
  'tea',
  'toys',
] as const;

export const Category = word(categories);

export const Product = strict({
  id: ProductId,
  name: Type.String({ minLength: 1, maxLength: 80 }),
  category: Category,
  description: Type.String({ maxLength: 300 }),
  priceCents: Cents,
});
export type Product = Static<typeof Product>;

export const ProductPage = pageOf(Product);

export const ProductQuery = strict({
  category: Type.Optional(Category),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  ...pageQuery,
});
export type ProductQuery = Static<typeof ProductQuery>;

/** Up to 50 product ids, comma-separated: what a checkout asks in one round trip. */
export const PriceQuery = strict({ productIds: Type.String({ minLength: 1, maxLength: 2500 }) });
export const PriceList = strict({ items: Type.Array(Product) });

export const listProducts = operation({
  id: 'listProducts',
  summary: 'Browse and search what the shop sells',
  feature: 'catalog',
  access: 'open',
  method: 'GET',
  path: '/products',
  query: ProductQuery,
  status: 200,
  answer: ProductPage,
});

export const getProduct = operation({
  id: 'getProduct',
  summary: 'One product by id',
  feature: 'catalog',
  access: 'open',
  method: 'GET',
  path: '/products/:productId',
  params: ProductPath,
  status: 200,
  answer: Product,
});

export const getPrices = operation({
  id: 'getPrices',
  summary: 'Up to 50 products at once, for a checkout; unknown ids are left out',
  feature: 'catalog',
  access: 'internal',
  method: 'GET',
  path: '/prices',
  query: PriceQuery,
  status: 200,
  answer: PriceList,
});
