// references/bare-fastify.ts: one Fastify 5 route with a response schema on one prepared statement.
// Bundled and started by servers.ts; the catalog service is measured against it.
import { getProduct } from '@lab/shared/contract/catalog.ts';
import { fastify } from 'fastify';
import { findProduct } from './find-product.ts';
import { port } from './settings.ts';

let served = 0;
const app = fastify();
app.get<{ Params: { productId: string } }>(
  '/products/:productId',
  { schema: { response: { 200: getProduct.answer } } },
  async (request) => {
    served += 1;
    return findProduct(request.params.productId);
  },
);
app.get('/served', async () => served);
await app.listen({ port, host: '127.0.0.1' });
