// orders/coupling.ts: the switch between call and queue, kept in the database that all processes share.
// Called by routes.ts.
import type { CouplingState, NewCoupling } from '@lab/shared/contract/coupling.ts';
import { couplings } from '@lab/shared/contract/couplings.ts';
import { problem } from '@lab/shared/domain/problems.ts';
import type { Shop } from './app.ts';
import { storeCoupling } from './coupling.model.ts';
import { currentCoupling } from './wiring.ts';

// DIFFERS: followers are processes, called or told through a queue, docs/decisions/0033
export async function getCoupling({ db, wiring }: Shop): Promise<CouplingState> {
  const coupling = await currentCoupling(db, wiring);
  return { coupling, choices: wiring.missing === undefined ? [...couplings] : ['sync'] };
}

// DIFFERS: followers are processes, called or told through a queue, docs/decisions/0033
/**
 * Holds for every process of the service from its next look at the outbox on, and after a restart.
 * @throws COUPLING_REFUSED (409) naming the variable without which there is no queue
 */
export async function setCoupling(shop: Shop, { coupling }: NewCoupling): Promise<CouplingState> {
  const { missing } = shop.wiring;
  if (coupling === 'queue' && missing !== undefined)
    throw problem('couplingRefused', `There is no queue: ${missing} is not set.`);
  await storeCoupling(shop.db, coupling);
  return getCoupling(shop);
}
