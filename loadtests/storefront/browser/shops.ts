// browser/shops.ts: the shops that this page can buy in, and a client of the one that is chosen.
// Everything else of the storefront speaks to the generated SDK alone, and knows no address.
import { createClient, type ShopClient } from 'shop-sdk';

export interface Shop {
  readonly name: string;
  readonly baseUrl: string;
  readonly client: ShopClient;
}

interface Where {
  readonly name: string;
  readonly url: string;
}

interface Told {
  readonly apiKey: string;
  readonly shops: readonly Where[];
}

/** The demonstration's own key, where the server of this page tells none. */
const demoKey = 'demo-student-one-shop';

/** Those that the server of this page tells of; else the one that serves it. */
export async function findShops(): Promise<Shop[]> {
  const told = await fetch('shops.json').then(
    (answer) => (answer.ok ? (answer.json() as Promise<Told>) : undefined),
    () => undefined,
  );
  const own = { name: 'this shop', url: new URL('..', location.href).href.replace(/\/$/, '') };
  const { apiKey, shops } = told ?? { apiKey: demoKey, shops: [own] };
  return shops.map(({ name, url }) => ({
    name,
    baseUrl: url,
    client: createClient({ baseUrl: url, apiKey }),
  }));
}
