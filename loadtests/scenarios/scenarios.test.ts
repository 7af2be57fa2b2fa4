// scenarios/scenarios.test.ts: the mix is the mix, the same seed asks the same, lies are found.
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import { honestShop, type ShopAnswer } from './honest-shop.ts';
import { scenarioNames } from './names.ts';
import { scenarios } from './scenarios.ts';
import type { Shot, TargeterOptions } from './shot.ts';

const options: TargeterOptions = { seed: 1, customerKey: 'key', runId: 'run', clock: () => 0 };

/** Sends `count` requests to a shop, as the attacker would, and says what the checks found. */
function shop(
  name: (typeof scenarioNames)[number],
  answer: (shot: Shot) => ShopAnswer = honestShop(),
  { count = 300, ...change }: Partial<TargeterOptions> & { count?: number } = {},
) {
  const targeter = scenarios[name]({ ...options, ...change });
  return Array.from({ length: count }, () => {
    const shot = targeter.nextShot();
    const { status, body } = answer(shot);
    const found = shot.check(status, body);
    if (found === 'ok') shot.learn?.(body);
    return { shot, found };
  });
}

const shareOf = (made: { shot: Shot }[], test: (shot: Shot) => boolean) =>
  made.filter(({ shot }) => test(shot)).length / made.length;

test.each(scenarioNames)('%s finds nothing wrong with an honest shop', (name) => {
  const odd = shop(name, honestShop(), { count: 2000 }).filter(({ found }) => found !== 'ok');
  expect(odd.map(({ shot, found }) => `${shot.operation.id}: ${found}`)).toEqual([]);
});

test('mixed touches every feature at least 8 times in any 100 requests', () => {
  const made = shop('mixed', honestShop(), { count: 1000 });
  for (let from = 0; from <= 900; from += 50) {
    const stretch = made.slice(from, from + 100);
    for (const feature of features) {
      const share = shareOf(stretch, (shot) => shot.operation.feature === feature);
      expect(share, `${feature} from ${from}`).toBeGreaterThanOrEqual(0.08);
    }
  }
});

test('a fifth of mixed is checkouts, one in twenty of them with a card that is declined', () => {
  const made = shop('mixed', honestShop(), { count: 1000 });
  expect(shareOf(made, (shot) => shot.operation.id === 'placeOrder')).toBeCloseTo(0.2, 2);
  expect(shareOf(made, (shot) => shot.body?.includes('tok_declined') ?? false)).toBeCloseTo(0.01);
});

test.each(scenarioNames)(
  '%s asks the same with the same seed and other things with another',
  (name) => {
    const asked = (seed: number) =>
      shop(name, honestShop(), { seed }).map(({ shot }) => [shot.path, shot.headers, shot.body]);
    expect(asked(5)).toEqual(asked(5));
    expect(asked(5)).not.toEqual(asked(6));
  },
);

test('which checkouts are made does not depend on what is answered', () => {
  const broken = () => ({ status: 503, body: { code: 'INJECTED_FAULT' } });
  const checkouts = (answer: (shot: Shot) => ShopAnswer) =>
    shop('mixed', answer)
      .filter(({ shot }) => shot.operation.id === 'placeOrder')
      .map(({ shot }) => shot.body);
  expect(checkouts(broken)).toEqual(checkouts(honestShop()));
});

test('every checkout has a key of its own, and no two runs share one', () => {
  const keysOf = (runId: string) =>
    shop('checkout', honestShop(), { runId, count: 1000 }).flatMap(
      ({ shot }) => shot.headers['idempotency-key'] ?? [],
    );
  const keys = [...keysOf('one'), ...keysOf('two')];
  expect(keys).toHaveLength(800);
  expect(new Set(keys).size).toBe(800);
});

test('the customer key goes where it is asked for and nowhere else', () => {
  for (const { shot } of shop('mixed')) {
    const expected = shot.operation.access === 'open' ? undefined : 'key';
    expect(shot.headers['x-api-key'], shot.operation.id).toBe(expected);
  }
});

test('payments are asked by orders of this run, and before there is one by none at all', () => {
  const paths = (answer: (shot: Shot) => ShopAnswer) =>
    shop('checkout', answer)
      .filter(({ shot }) => shot.operation.id === 'getPayment')
      .map(({ shot }) => shot.path);
  const none = paths(() => ({ status: 500, body: {} }));
  expect(new Set(none)).toEqual(new Set(['/payments/ord_none']));
  expect(new Set(paths(honestShop())).size).toBeGreaterThan(5);
});

test('no product is asked for so often that a long run could sell it out', () => {
  const taken = new Map<string, number>();
  for (const { shot } of shop('checkout', honestShop(), { count: 50_000 })) {
    for (const [, id = ''] of shot.body?.matchAll(/"productId":"(\w+)"/g) ?? []) {
      taken.set(id, (taken.get(id) ?? 0) + 1);
    }
  }
  const share = Math.max(...taken.values()) / [...taken.values()].reduce((a, b) => a + b, 0);
  expect(taken.size).toBeGreaterThan(50);
  expect(share).toBeLessThan(0.1);
});
