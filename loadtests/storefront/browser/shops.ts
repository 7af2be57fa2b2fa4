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
export const demoKey = 'demo-student-one-shop';

export interface Shops {
  /** The server of this page told no key: whoever has another must type it. */
  readonly wantsKey: boolean;
  /** @param key what they are bought in with, unless the server of this page told one */
  found(key: string): readonly Shop[];
  /** @returns undefined for what is no address of a shop on this machine */
  at(url: string, key: string): Shop | undefined;
}

/** Those that the server of this page tells of; else the one that serves it. */
export async function findShops(): Promise<Shops> {
  const told = await fetch('shops.json').then(
    (answer) => (answer.ok ? (answer.json() as Promise<Told>) : undefined),
    () => undefined,
  );
  const own = { name: 'this shop', url: new URL('..', location.href).href };
  const shopAt = (name: string, url: string, key: string): Shop => ({
    name,
    client: createClient({ baseUrl: url.replace(/\/$/, ''), apiKey: told?.apiKey ?? key }),
  });
  return {
    wantsKey: told === undefined,
    found: (key) =>
      (told?.shops ?? [own]).map(({ name, url }) => ({
        ...shopAt(name, url, key),
        callbackUrl: told?.callbackUrl,
      })),
    at(url, key) {
      // What the page may call: the browser refuses the rest.
      if (!/^http:\/\/127\.0\.0\.1(:\d+)?(\/|$)/.test(url) || !URL.canParse(url)) return undefined;
      return shopAt(new URL(url).host, url, key);
    },
  };
}
