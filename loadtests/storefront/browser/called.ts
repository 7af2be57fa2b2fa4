// browser/called.ts: is called when an order is decided: by the server of this page, which the shop calls.
// Used by checkout.tsx, where the page's server has an address for that.
import type { Order } from '@lab/shared/contract/orders.ts';

export interface Called {
  /** For the order. */
  readonly callbackUrl: string;
  readonly order: Promise<Order>;
  close(): void;
}

/**
 * Resolves when somebody listens: a shop may call before its answer is here.
 * @param address of the page's server, as shops reach it
 * @param token a UUID, of one order
 * @throws Error when the page's server does not answer
 */
export async function waitForCall(address: string, token: string): Promise<Called> {
  const source = new EventSource(`callbacks/${token}`);
  await new Promise((resolve, reject) => {
    source.onopen = resolve;
    source.onerror = () => {
      source.close();
      reject(new Error('The server of this page does not answer.'));
    };
  });
  // Lost and found again, it connects by itself: the token stays the same.
  source.onerror = null;
  return {
    callbackUrl: `${address}/${token}`,
    order: new Promise((resolve) => {
      source.onmessage = ({ data }) => resolve(JSON.parse(data).data);
    }),
    close: () => source.close(),
  };
}
