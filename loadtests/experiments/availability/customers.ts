// experiments/availability/customers.ts: customers who check out or look at an order, and try twice.
// Used by the arms of experiments/availability.ts. They count and time nothing, so nothing is pinned.
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import type { Pool } from 'undici';
import { openPool } from '../../load/exchange.ts';
import { judge, judgeFailure } from '../../load/outcome.ts';
import { readingNotifications, readingPayments } from '../../scenarios/after-sales.ts';
import { askingForStock, lookingAtProduct } from '../../scenarios/browsing.ts';
import { placingOrders, readingOrders } from '../../scenarios/ordering.ts';
import { createShopper } from '../../scenarios/shopper.ts';
import type { Shot } from '../../scenarios/shot.ts';
import type { Policy } from './law.ts';

/** By policy: did it fail in the end? One that does not apply to the journey is missing. */
export type Fate = Readonly<Partial<Record<Policy, boolean>>>;

/** The features that a page needs, in this order: a page of n needs the first n. */
export const pageFeatures = [
  'catalog',
  'inventory',
  'orders',
  'payments',
  'notifications',
] as const;

export interface Customers {
  /** `count` orders of one or two products. */
  checkOut(count: number): Promise<Fate[]>;
  /** `count` pages about an order, all requests of a page at once; fates as in pageFeatures. */
  visit(count: number): Promise<Fate[][]>;
  /** Failures since the last call that no injected fault explains; 0 in a sound run. */
  takeStrange(): number;
  close(): Promise<void>;
}

/** So many at a time: enough to keep a core busy, too few to queue. */
const CROWD = 8;
const DEADLINE_MS = 5000;
/** What an injected fault answers, and what a service answers whose neighbour has one. */
const INJECTED_STATUS = 503;

/** @param runId makes Idempotency-Keys fresh: letters, digits, dashes */
export function openCustomers(baseUrl: string, seed: number, runId: string): Customers {
  const pool = openPool(baseUrl, CROWD * pageFeatures.length, DEADLINE_MS);
  const clock = () => performance.now();
  const shopper = createShopper({ seed, runId, customerKey: DEMO_CUSTOMER_KEY, clock });
  const placing = placingOrders(shopper);
  const page = [
    lookingAtProduct(shopper),
    askingForStock(shopper),
    readingOrders(shopper),
    readingPayments(shopper),
    readingNotifications(shopper),
  ];
  let strange = 0;
  const send = async (shot: Shot) => {
    const answer = await ask(pool, shot);
    if (!answer.ok && answer.status !== INJECTED_STATUS) strange += 1;
    return answer;
  };
  return {
    checkOut: (count) => inCrowds(count, () => checkOutOnce(placing(), send)),
    visit: (count) =>
      inCrowds(count, () => Promise.all(page.map((next) => lookTwice(next(), send)))),
    takeStrange() {
      const found = strange;
      strange = 0;
      return found;
    },
    close: () => pool.destroy(),
  };
}

interface Asked {
  readonly ok: boolean;
  /** 0: no answer. */
  readonly status: number;
  /** The answer names an order: a refusal has rejected that order for good. */
  readonly namesOrder: boolean;
}

type Send = (shot: Shot) => Promise<Asked>;

async function lookTwice(shot: Shot, send: Send): Promise<Fate> {
  const first = await send(shot);
  const second = first.ok ? first : await send(shot);
  return { once: !first.ok, 'second try': !second.ok };
}

/** After a failure both ways to try again are taken; each policy looks at its own two tries. */
async function checkOutOnce(shot: Shot, send: Send): Promise<Fate> {
  const first = await send(shot);
  const again = first.ok ? first : await send(shot);
  const afresh = first.ok || !first.namesOrder ? again : await send(withNewKey(shot));
  return {
    once: !first.ok,
    'same key again': !again.ok,
    'new key once rejected': !afresh.ok,
  };
}

function withNewKey(shot: Shot): Shot {
  const key = `${shot.headers['idempotency-key']}-new`;
  return { ...shot, headers: { ...shot.headers, 'idempotency-key': key } };
}

async function ask(pool: Pool, { operation, path, headers, ...shot }: Shot): Promise<Asked> {
  const { method } = operation;
  const signal = AbortSignal.timeout(DEADLINE_MS);
  try {
    const answer = await pool.request({ method, path, headers, body: shot.body, signal });
    const text = await answer.body.text();
    const whole = { status: answer.statusCode, text, degraded: undefined };
    const { outcome, status } = judge({ operation, path, headers, ...shot }, whole, 0, DEADLINE_MS);
    return { ok: outcome === 'ok', status, namesOrder: text.includes('"orderId"') };
  } catch (error) {
    return { ok: false, status: judgeFailure(error).status, namesOrder: false };
  }
}

async function inCrowds<Found>(count: number, one: () => Promise<Found>): Promise<Found[]> {
  const found: Found[] = [];
  let begun = 0;
  const goOn = async () => {
    while (begun < count) {
      begun += 1;
      found.push(await one());
    }
  };
  await Promise.all(Array.from({ length: CROWD }, goOn));
  return found;
}
