// experiments/availability/arms.test.ts: who is counted as failed, with customers whose fates are known.
// The switches are a small server's, which says yes to every order.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallServer, startSmallServer } from '../../load/small-server.ts';
import { armsOf, type Site, togetherIn, twinArm } from './arms.ts';
import { independentCheckout } from './claims.ts';
import { type Fate, pageFeatures } from './customers.ts';

let server: SmallServer;
beforeAll(async () => {
  server = await startSmallServer(() => ({ body: { unreachable: [] } }));
});
afterAll(() => server.close());

const well: Fate = { once: false, 'second try': false };
const helped: Fate = { once: true, 'second try': false };

function siteOf(visits: (count: number) => Fate[][], strange = 0): Site {
  return {
    shape: 'shop',
    baseUrl: server.baseUrl,
    count: 100,
    customers: {
      checkOut: async () => [
        { once: true, 'same key again': true, 'new key once rejected': false },
      ],
      visit: async (count) => visits(count),
      takeStrange: () => strange,
      close: async () => {},
    },
  };
}

async function measured(site: Site, name: string) {
  const arm = armsOf(site).find((one) => one.name === name);
  const samples = (await arm?.measure({ index: 0, seed: 7 })) ?? [];
  return new Map(samples.map(({ arm, metrics }) => [arm, metrics]));
}

test('a page fails from the number of services on that takes in the one that failed', async () => {
  const site = siteOf(() => [[well, well, helped, well, well]]);
  const counts = await measured(site, 'shop, page, 20 %, independent');
  const failed = pageFeatures.map(
    (_, at) => counts.get(`shop, page, 20 %, independent: ${at + 1} needed, once`)?.failed,
  );
  expect(failed).toEqual([0, 0, 1, 1, 1]);
  const twice = counts.get('shop, page, 20 %, independent: 5 needed, second try');
  expect(twice).toEqual({ failed: 0, 'failed:trials': 1 });
});

test('about one customer in five comes while a common cause of 20 % lasts, and all are counted', async () => {
  const visits: number[] = [];
  const site = siteOf((count) => {
    visits.push(count);
    return Array.from({ length: count }, () => [well]);
  });
  const counts = await measured(site, 'shop, page, 20 %, common');
  const [calm = 0, unlucky = 0] = visits;
  expect(calm + unlucky).toBe(100);
  // Of 100 with a chance of 1/5 each; the seed makes it the same every time.
  expect([unlucky > 5, unlucky < 35]).toEqual([true, true]);
  const all = counts.get('shop, page, 20 %, common: 1 needed, once');
  expect(all?.['failed:trials']).toBe(100);
});

const down: Fate = { once: true, 'second try': true };

test.each([
  [
    'all fail in the outage, none before it',
    [[well, well]],
    [[down, down]],
    { saved: 0, apart: 0 },
  ],
  ['one answers in the outage', [[well, well]], [[down, well]], { saved: 0, apart: 1 }],
  ['one fails before it', [[well, down]], [[down, down]], { saved: 0, apart: 1 }],
  [
    'a second try helps',
    [],
    [
      [helped, helped],
      [helped, down],
    ],
    { saved: 1, apart: 0 },
  ],
  [
    'the switches do nothing',
    [],
    [
      [well, well],
      [well, well],
    ],
    { saved: 0, apart: 2 },
  ],
])('of a common cause it is told where %s', (_, calm, struck, told) => {
  expect(togetherIn(calm, struck)).toEqual(told);
});

test('what is compared with the other shape is a sample that the arm yields', async () => {
  const site = siteOf((count) => Array.from({ length: count }, () => pageFeatures.map(() => well)));
  const arms = [...armsOf(site), twinArm(site, independentCheckout(3, 20))];
  for (const { name, parts = [{ name }], measure } of arms) {
    const samples = (await measure({ index: 0, seed: 1 })).map(({ arm }) => arm);
    expect(samples).toEqual(expect.arrayContaining(parts.map((part) => part.name)));
  }
});

test('a failure that no fault explains makes every sample of the arm doubtful', async () => {
  const site = siteOf(() => [], 2);
  const arm = twinArm(site, independentCheckout(3, 20));
  const samples = await arm.measure({ index: 0, seed: 1 });
  expect(samples.map(({ arm, doubts }) => [arm, doubts.length])).toEqual([
    ['shop, checkout of 3, 20 %, independent, measured again', 1],
    ['shop, checkout of 3, 20 %, independent, measured again: same key again', 1],
    ['shop, checkout of 3, 20 %, independent, measured again: new key once rejected', 1],
  ]);
});
