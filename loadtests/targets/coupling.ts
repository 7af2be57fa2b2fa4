// targets/coupling.ts: switches a running shop between call and queue, over its front door.
// Called by process-platform.ts at a start, and by `npm run lab -- coupling`.
import type { CouplingState, NewCoupling } from '@lab/shared/contract/coupling.ts';
import { COUPLING_PATH } from '@lab/shared/contract/couplings.ts';
import { CannotStart } from './cannot-start.ts';

/** Two functions may have a cold start, one behind the other, on a machine that is busy. */
const timeoutMs = 20_000;

/**
 * Asks how a shop is coupled, or has it coupled otherwise.
 * @param url of its front door, without a slash at the end
 * @param wanted left out: nothing is changed
 * @throws CannotStart with the shop's own sentence, or saying that nothing answers there
 */
export async function couplingOf(
  url: string,
  key: string,
  wanted?: NewCoupling['coupling'],
): Promise<CouplingState> {
  const change =
    wanted === undefined ? {} : { method: 'PUT', body: JSON.stringify({ coupling: wanted }) };
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await fetch(`${url}${COUPLING_PATH}`, { ...change, headers, signal }).catch(
    ({ name }: Error) => {
      const how = name === 'TimeoutError' ? ` within ${timeoutMs / 1000} s` : '';
      throw new CannotStart(`Nothing answers at ${url}${how}: give the address of a front door.`);
    },
  );
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body as CouplingState;
  const { detail = `it answered ${answer.status}` } = body as { detail?: string };
  throw new CannotStart(`The shop at ${url} was not switched: ${detail}`);
}
