// live/couplings-now.ts: how each shape is coupled, asked now and then.
// Called by live-server.ts; it may be switched from elsewhere too.
import type { Coupling } from '@lab/shared/contract/couplings.ts';
import { couplingOf } from '../../targets/coupling.ts';
import { canCouple } from '../../targets/queue.ts';
import type { LiveShape } from './live-shape.ts';

const ASK_EVERY_MS = 3000;

export function couplingsOf(shapes: readonly LiveShape[], key: string) {
  const known: (Coupling | null)[] = shapes.map(() => null);
  // A request would start functions that nobody has called: a cloud is not asked.
  const askable = shapes.map(({ target }) => target.functions === undefined && canCouple(target));
  const ask = () => {
    for (const [at, { baseUrl }] of shapes.entries())
      if (askable[at])
        void couplingOf(baseUrl, key).then(
          ({ coupling, choices }) => {
            known[at] = coupling !== 'none' && choices.includes('queue') ? coupling : null;
          },
          () => {},
        );
  };
  ask();
  const timer = setInterval(ask, ASK_EVERY_MS);
  return { now: () => known, close: () => clearInterval(timer) };
}
