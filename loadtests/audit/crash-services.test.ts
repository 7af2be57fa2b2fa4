// audit/crash-services.test.ts: the orders service killed between every two steps of what it does.
// Black box: real zips, real processes; a proxy strikes at the moment the test names.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CrashBench, startCrashBench } from './crash-bench.ts';
import { type CrashProxy, type Moment, startCrashProxy } from './crash-proxy.ts';
import { freeTarget } from './free-target.ts';

let proxy: CrashProxy;
let bench: CrashBench;

beforeAll(async () => {
  const target = await freeTarget('microservices');
  proxy = await startCrashProxy(target);
  bench = await startCrashBench(target, proxy.env);
});
afterAll(async () => {
  await bench?.close();
  proxy?.close();
});
afterEach(async () => expect(await bench.offenders()).toEqual([]));

type Step = Omit<Moment, 'when'>;
const prices: Step = { service: 'catalog', path: /^\/prices/ };
const takeStock: Step = { service: 'inventory', path: /^\/reservations$/ };
const charge: Step = { service: 'payments', path: /^\/payments$/ };
const returnStock: Step = { service: 'inventory', path: /\/return$/ };
const refund: Step = { service: 'payments', path: /\/refund$/ };
const tellCustomer: Step = { service: 'notifications', path: /events$/ };
const recordSale: Step = { service: 'reports', path: /events$/ };

/** Kills the orders service at the moment; the call itself goes on, as one on its way would. */
function crashOrders(moment: Moment): Promise<number> {
  return proxy.strike(moment, async () => {
    await bench.crash('orders');
    return undefined;
  });
}

const sides = ['before', 'after'] as const;
const bothSides = (steps: Record<string, Step>) =>
  Object.entries(steps).flatMap(([name, step]) =>
    sides.map((when) => [when, name, { ...step, when }] as const),
  );

test.each(bothSides({ prices }))('a crash %s %s leaves nothing, the retry buys', async (...row) => {
  const struck = crashOrders(row[2]);
  expect(await bench.buy()).toMatchObject({ verdict: 'confirmed' });
  expect(await struck).toBe(200);
});

test.each(bothSides({ takeStock, charge }))(
  'a crash %s %s calls the order off, and the retry is told so',
  async (_when, _name, moment) => {
    const struck = crashOrders(moment);
    expect(await bench.buy()).toMatchObject({ verdict: 'rejected', code: 'INTERRUPTED' });
    // A call that arrives after the order was undone is refused; one that was faster is undone.
    expect([201, 409]).toContain(await struck);
  },
);

test.each(bothSides({ tellCustomer, recordSale }))(
  'a crash %s %s delivers the event again, and it counts once',
  async (_when, _name, moment) => {
    const struck = crashOrders(moment);
    expect(await bench.buy()).toMatchObject({ verdict: 'confirmed' });
    expect(await struck).toBe(200);
  },
);

test.each(bothSides({ returnStock, refund }))(
  'a crash %s %s of a declined order finishes undoing it',
  async (_when, _name, moment) => {
    const struck = crashOrders(moment);
    const told = await bench.buy('tok_declined');
    expect(told).toMatchObject({ verdict: 'rejected', code: 'PAYMENT_DECLINED' });
    expect(await struck).toBe(200);
  },
);

test.each(bothSides({ returnStock, refund }))(
  'a crash %s %s of a cancelled order finishes undoing it',
  async (_when, _name, moment) => {
    const told = await bench.buy();
    const struck = crashOrders(moment);
    expect(await bench.cancel(told)).toMatchObject({ cancellation: 'acknowledged' });
    expect(await struck).toBe(200);
  },
);

test('a gateway that dies in the middle changes nothing, and the retry hears the answer', async () => {
  const struck = proxy.strike({ ...takeStock, when: 'before' }, async () => {
    await bench.crash('gateway');
    return undefined;
  });
  const told = await bench.buy();
  expect(told).toMatchObject({ verdict: 'confirmed' });
  expect(told.attempts).toBeGreaterThan(1);
  expect(await struck).toBe(201);
});

test.each(bothSides({ tellCustomer, recordSale }).filter(([when]) => when === 'after'))(
  'an event whose receipt is lost %s %s is delivered twice and counts once',
  async (_when, _name, moment) => {
    const lost = proxy.strike(moment, async () => 'lose');
    expect(await bench.buy()).toMatchObject({ verdict: 'confirmed' });
    expect(await lost).toBe(200);
  },
);
