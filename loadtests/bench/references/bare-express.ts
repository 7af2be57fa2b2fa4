// references/bare-express.ts: one Express 5 route on one prepared statement, and nothing else.
// Bundled and started by servers.ts; the monolith is measured against it.
import express from 'express';
import { findProduct } from './find-product.ts';
import { port } from './settings.ts';

let served = 0;
const app = express();
// The shop sends neither; with them Express would hash every answer, and the shop look faster.
app.disable('etag');
app.disable('x-powered-by');
app.get('/products/:productId', (request, response) => {
  served += 1;
  response.json(findProduct(request.params.productId));
});
app.get('/served', (_request, response) => void response.json(served));
app.listen(port, '127.0.0.1');
