// browser/orders.ts: sends what the instructor wants done, and says what was not.
// Called by every control; a student's page has no key, and the server takes nothing without.
import type { OrderName } from '../orders.ts';

const keyName = 'instructor-key';

/** From the link that `npm start` prints: what stands behind # is never sent to a server. */
export function keyFromLink(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given !== null) {
    sessionStorage.setItem(keyName, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(keyName) ?? '';
}

export async function isInstructor(): Promise<boolean> {
  const key = keyFromLink();
  if (key === '') return false;
  const { status } = await fetch('/key', { headers: { 'x-api-key': key } });
  return status === 204;
}

/** @returns sentences for the person; empty: all was done */
export async function order(name: OrderName, body: object = {}): Promise<string[]> {
  try {
    const answer = await fetch(`/orders/${name}`, {
      method: 'POST',
      headers: { 'x-api-key': keyFromLink(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { problems } = (await answer.json()) as { problems?: string[] };
    return problems ?? [];
  } catch {
    return ['The lab does not answer: is `npm start` still running?'];
  }
}
