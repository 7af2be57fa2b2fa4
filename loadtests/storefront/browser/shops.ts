// browser/shops.ts: the shops that this page can buy in, and a client of each.
// Everything else of the storefront speaks to the generated SDK alone, and knows no address.
import { createClient, type ShopClient } from 'shop-sdk';

export interface Shop {
  readonly name: string;
  readonly client: ShopClient;
  /** Where the server of this page is called back; undefined: it cannot be. */
  readonly callbackUrl?: string | undefined;
}

/** What the server of this page tells, where it knows of several. */
interface Told {
  readonly apiKey: string;
  readonly shops: readonly { readonly name: string; readonly url: string }[];
  readonly callbackUrl?: string;
}

/** The demonstration's own key, where the server of this page tells none. */
const demoKey = 'demo-student-one-shop';

export interface Shops {
  readonly found: readonly Shop[];
  /** @returns undefined for what is no address of a shop */
  at(url: string): Shop | undefined;
}

/** Those that the server of this page tells of; else the one that serves it. */
export async function findShops(): Promise<Shops> {
  const told = await fetch('shops.json').then(
    (answer) => (answer.ok ? (answer.json() as Promise<Told>) : undefined),
    () => undefined,
  );
  const apiKey = told?.apiKey ?? demoKey;
  const own = { name: 'this shop', url: new URL('..', location.href).href };
  const shop = ({ name, url }: Told['shops'][number]): Shop => ({
    name,
    client: createClient({ baseUrl: url.replace(/\/$/, ''), apiKey }),
    callbackUrl: told?.callbackUrl,
  });
  return {
    found: (told?.shops ?? [own]).map(shop),
    at(url) {
      if (!URL.canParse(url)) return undefined;
      const { protocol, host } = new URL(url);
      return protocol.startsWith('http') ? shop({ name: host, url }) : undefined;
    },
  };
}
