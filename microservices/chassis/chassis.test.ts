// chassis/chassis.test.ts: Fastify around a use case; its twin is monolith/chassis/chassis.test.ts.
// Run by vitest; what is proven is the same for both frameworks.
import { fail, type Mount, sell, works } from '@lab/shared/test/chassis-probe.ts';
import { chassisSuite } from '@lab/shared/test/chassis-suite.ts';
import { afterAll } from 'vitest';
import { assemble } from './assemble.ts';
import { handle } from './handle.ts';

const mount: Mount = async (parts) => {
  const app = assemble({
    ...parts,
    routes: (app) => {
      app.post(sell.path, handle(sell, works.sell));
      app.get(fail.path, handle(fail, works.fail));
    },
  });
  afterAll(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
};

chassisSuite(mount);
