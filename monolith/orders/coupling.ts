// orders/coupling.ts: how the other features hear of an order: in its transaction, so there is no switch.
// Called by routes.ts.
import type { CouplingState, NewCoupling } from '@lab/shared/contract/coupling.ts';
import { problem } from '@lab/shared/domain/problems.ts';
import type { Shop } from '../app.ts';

export async function getCoupling(_shop: Shop): Promise<CouplingState> {
  return { coupling: 'none', choices: [] };
}

/** @throws COUPLING_REFUSED (409) */
export async function setCoupling(_shop: Shop, _input: NewCoupling): Promise<CouplingState> {
  const reason = 'notifications and reports are part of the transaction of the order';
  throw problem('couplingRefused', `There is nothing to couple here: ${reason}.`);
}
