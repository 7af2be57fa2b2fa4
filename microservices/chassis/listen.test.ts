// chassis/listen.test.ts: Fastify leaving its port; its twin is monolith/chassis/listen.test.ts.
// Run by vitest; what is proven is the same for both frameworks.
import { listenSuite } from '@lab/shared/test/listen-suite.ts';
import { fastify } from 'fastify';
import { listen } from './listen.ts';

listenSuite((answer, address, log) => {
  const app = fastify();
  app.get('/', () => answer());
  return listen(app, address, log);
});
