// chassis/listen.test.ts: Express leaving its port; its twin is microservices/chassis/listen.test.ts.
// Run by vitest; what is proven is the same for both frameworks.
import { listenSuite } from '@lab/shared/test/listen-suite.ts';
import express from 'express';
import { listen } from './listen.ts';

listenSuite((answer, address, log) => {
  const app = express().get('/', async (_request, response) => {
    response.end(await answer());
  });
  return listen(app, address, log);
});
