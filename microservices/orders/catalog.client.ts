// orders/catalog.client.ts: the way to the catalog service.
// Made by neighbours.ts, used by controller.ts.
import { getPrices, type Product } from '@lab/shared/contract/catalog.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import { type ClientOptions, createHttpClient } from '@lab/shared/runtime/http-client.ts';

/** Every call may throw DEPENDENCY_UNAVAILABLE (503) or DEPENDENCY_TIMEOUT (504). */
export function createCatalogClient(options: Omit<ClientOptions, 'name'>) {
  const http = createHttpClient({ name: 'catalog', ...options });
  return {
    async getPrices(productIds: readonly string[], call: Call): Promise<Product[]> {
      const query = { productIds: productIds.join(',') };
      return (await http.send(getPrices, { query }, call)).items;
    },
    ping: http.ping,
    close: http.close,
  };
}
