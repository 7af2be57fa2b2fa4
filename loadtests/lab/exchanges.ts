// lab/exchanges.ts: how many HTTP exchanges one request of a customer costs, counted by the processes.
// Called by open-lab.ts around the smoke requests: before anything is broken, within one life.
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { ComponentStatus, RunningTarget } from '../targets/platform.ts';

const NOT_COUNTED = 'not counted';
/** Events are delivered after the answer. */
const LOOK_EVERY_MS = 100;
const LOOKS_MAX = 20;

type Counted = Pick<RunningTarget, 'baseUrl' | 'components'>;

/**
 * Does `work`, and counts the requests that all processes answered meanwhile for one that the front
 * door answered: `2.4`. Not counted where workers share a port, or a process was restarted.
 * @throws what `work` threw, and nothing else
 */
export async function exchangesDuring(
  running: Counted,
  work: () => Promise<void>,
): Promise<string> {
  const before = await countsOf(running);
  await work();
  const after = await settled(running);
  if (before === undefined || after === undefined || before.lives !== after.lives)
    return NOT_COUNTED;
  const answered = after.counts.map((count, index) => count - (before.counts[index] ?? 0));
  const door = running.components.findIndex(({ url }) => url === running.baseUrl);
  const all = answered.reduce((sum, count) => sum + count, 0);
  return answered[door] ? (all / answered[door]).toFixed(1) : NOT_COUNTED;
}

interface Counts {
  /** Changes whenever a process is another one. */
  readonly lives: string;
  /** Requests answered, in the order of the components. */
  readonly counts: readonly number[];
}

async function settled(running: Counted): Promise<Counts | undefined> {
  let last = await countsOf(running);
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    await sleep(LOOK_EVERY_MS);
    const now = await countsOf(running);
    if (now?.counts.join() === last?.counts.join()) return now;
    last = now;
  }
  return last;
}

async function countsOf({ components }: Counted): Promise<Counts | undefined> {
  // Each worker counts for itself, and which one answers is the system's choice.
  if (components.some(({ workerPids = [] }) => workerPids.length > 0)) return undefined;
  const lives = components.map(({ pid }) => pid).join();
  const counts = await Promise.all(components.map(answeredBy)).catch(() => undefined);
  return counts && { lives, counts };
}

/** Pages for operators have no operation, and do not count. */
async function answeredBy({ url }: ComponentStatus): Promise<number> {
  const { body } = await request(`${url}/metrics`, { reset: true });
  const counted = (await body.text()).matchAll(
    /^http_requests_total\{operation="(?!none)\w+",status="\d+"\} (\d+)$/gm,
  );
  return [...counted].reduce((sum, [, count]) => sum + Number(count), 0);
}
