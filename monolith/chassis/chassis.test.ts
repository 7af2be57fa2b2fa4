// chassis/chassis.test.ts: Express around a use case; its twin is microservices/chassis/chassis.test.ts.
// Run by vitest; what is proven is the same for both frameworks.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail, type Mount, sell, works } from '@lab/shared/test/chassis-probe.ts';
import { chassisSuite } from '@lab/shared/test/chassis-suite.ts';
import { afterAll } from 'vitest';
import { assemble } from './assemble.ts';
import { handle, strictRouter } from './handle.ts';

const mount: Mount = async (parts) => {
  const router = strictRouter()
    .post(sell.path, handle(sell, works.sell))
    .get(fail.path, handle(fail, works.fail));
  // DIFFERS: the front door is in the same process, docs/decisions/0015
  const door = { admit: () => {} };
  const server = createServer(assemble({ ...parts, door, routers: [router] }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

chassisSuite(mount);
