// The part of the generated SDK that the storefront calls; `npm run sdk` writes the whole of it.
declare module 'shop-sdk' {
  import type { Product, ProductQuery } from '@lab/shared/contract/catalog.ts';
  import type { NewOrder, Order } from '@lab/shared/contract/orders.ts';
  import type { Problem } from '@lab/shared/contract/problem.ts';

  type Answer<Data> = Promise<
    | { data: Data; error?: undefined; response: Response }
    | { data?: undefined; error: Problem; response: Response }
  >;
  interface Page<Item> {
    items: Item[];
    nextCursor: string | null;
  }
  export interface ShopClient {
    listProducts(input: { query: ProductQuery; signal?: AbortSignal }): Answer<Page<Product>>;
    placeOrder(input: {
      body: NewOrder;
      idempotencyKey: string;
      header?: { Prefer?: string };
    }): Answer<Order>;
    getOrder(input: { path: { orderId: string } }): Answer<Order>;
    listOrders(input: { query: { customerId: string; limit?: number } }): Answer<Page<Order>>;
    cancelOrder(input: { path: { orderId: string } }): Answer<Order>;
  }
  export function createClient(options: { baseUrl?: string; apiKey?: string }): ShopClient;
}
declare module '*.css';
