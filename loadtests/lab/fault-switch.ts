// lab/fault-switch.ts: turns a target's faults on and off through its front door, as a person would.
// Called by the experiments that break something, and by `lab heal`.
import type { Fault } from '@lab/shared/contract/chaos.ts';
import { DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { request } from 'undici';

/** A hung process must not hold up whoever heals it, nor a trial that is to be stopped. */
const TIMEOUT_MS = 1000;
const SWITCH_TIMEOUT_MS = 2000;

/**
 * @throws Error when the switch does not take the order, or does not answer within 2 s: a trial would
 *   show nothing
 */
export async function switchOn(
  baseUrl: string,
  role: string,
  fault: Fault,
  key = DEMO_INSTRUCTOR_KEY,
): Promise<void> {
  const signal = AbortSignal.timeout(SWITCH_TIMEOUT_MS);
  try {
    const { statusCode, body } = await request(`${baseUrl}/chaos/${role}`, {
      method: 'PUT',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(fault),
      reset: true,
      signal,
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${role} refused the fault (${statusCode}): ${text}`);
  } catch (error) {
    if (!signal.aborted) throw error;
    const within = `within ${SWITCH_TIMEOUT_MS / 1000} s`;
    throw new Error(`${role} did not take the fault ${within}: ${baseUrl} does not answer.`);
  }
}

/**
 * Heals every component.
 * @returns false when the target did not answer, or some of it could not be reached: ask again
 */
export async function healAll(baseUrl: string, key = DEMO_INSTRUCTOR_KEY): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${baseUrl}/chaos`, {
      method: 'DELETE',
      headers: { 'x-api-key': key },
      headersTimeout: TIMEOUT_MS,
      reset: true,
    });
    const states = (await body.json()) as { unreachable?: readonly string[] };
    return statusCode === 200 && states.unreachable?.length === 0;
  } catch {
    return false;
  }
}
