// books/book-arms.ts: events sent to the reports service, and rows put in by the bare appender.
// Run by measure-books.ts.
import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
import { Pool } from 'undici';
import { medianOf } from '../../statistics/quantile.ts';

export interface Arm {
  readonly name: string;
  /** Of the process that enters events. */
  readonly pid: number;
  /** @returns how many events were entered, and committed, in this time or a little more */
  run(ms: number): Promise<number>;
}

/** Events under way at once: a lone one, those of a relay, and as many as make a batch. */
const together = [1, 20, 200] as const;

export const limitOf = (events: number) => `appender, ${events} a commit`;
export const serviceOf = (events: number) => `service, ${events} at once`;
export const pairs = together.map((events) => ({
  service: serviceOf(events),
  limit: limitOf(events),
}));

export function appenderArms(url: string, pid: number): Arm[] {
  return together.map((events) => ({
    name: limitOf(events),
    pid,
    async run(ms) {
      const answer = await fetch(`${url}/append?ms=${ms}&together=${events}`);
      return ((await answer.json()) as { events: number }).events;
    },
  }));
}

/** The same orders again and again, each time as new ones. */
const some = [...pastOrders({ seed: 2, count: 2000, before: new Date().toISOString() })];
let sent = 0;

function nextEvent(): string {
  sent += 1;
  const number = String(sent).padStart(20, '0');
  const order = some[sent % some.length] as (typeof some)[number];
  const data = { ...order, id: `ord_7BENCH${number}` };
  return JSON.stringify({
    id: `evt_BENCH${number}`,
    type: 'order.confirmed',
    time: new Date().toISOString(),
    data,
  });
}

export function serviceArms(
  url: string,
  pid: number,
  defer: (stop: () => Promise<void>) => void,
): Arm[] {
  return together.map((events) => {
    const pool = new Pool(url, { connections: events });
    defer(() => pool.close());
    return { name: serviceOf(events), pid, run: (ms) => send(pool, events, ms) };
  });
}

async function send(pool: Pool, atOnce: number, ms: number): Promise<number> {
  const untilMs = performance.now() + ms;
  let entered = 0;
  const sender = async () => {
    while (performance.now() < untilMs) {
      await post(pool, nextEvent());
      entered += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return entered;
}

async function post(pool: Pool, event: string): Promise<void> {
  const { statusCode, body } = await pool.request({
    path: '/reports/events',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: event,
  });
  const text = await body.text();
  if (statusCode !== 200 || !text.includes('true'))
    throw new Error(`An event was answered with ${statusCode}: ${text}`);
}

const TRIES = 5;
const asked = {
  'revenue by day': '/reports/revenue?by=day',
  'revenue by category': '/reports/revenue?by=category',
  'top products': '/reports/top-products',
};

/** One after the other. */
export async function timeReports(url: string) {
  const reports: { name: string; medianMs: number }[] = [];
  for (const [name, path] of Object.entries(asked)) {
    const times: number[] = [];
    for (let at = 0; at < TRIES; at += 1) {
      const beganMs = performance.now();
      const answer = await fetch(url + path);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`);
      times.push(performance.now() - beganMs);
    }
    reports.push({ name, medianMs: medianOf(times) });
  }
  return reports;
}
