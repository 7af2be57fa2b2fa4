// test/chaos.test.ts: every fault does in a running shape what it claims, and stops when told.
// Through the front door of real processes; what kills them or wears their database: chaos-*.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { getProduct, listProducts } from '../contract/catalog.ts';
import type { Fault } from '../contract/chaos.ts';
import { getStock } from '../contract/inventory.ts';
import { placeOrder } from '../contract/orders.ts';
import { productById } from '../fixtures/products.ts';
import { ask, exchange, refusal, refused, send } from './asking.ts';
import { howIn } from './differences.ts';
import {
  besides,
  breakDown,
  healAll,
  healOne,
  instruct,
  medianMs,
  stateOf,
  timedMs,
} from './faults.ts';
import { type Shape, shapeNames, shapesAt } from './shapes.ts';
import { lineOf, newOrder, stockOf } from './shopping.ts';
import { eventually } from './subject.ts';

const shapes = await shapesAt(25_500);
const mint = productById('prd_0168');
const params = { productId: mint.id };

for (const name of shapeNames) {
  describe(name, () => {
    const shape = shapes[name];
    beforeAll(() => shape.start());
    afterAll(() => shape.stop());
    afterEach(() => healAll(shape));

    slowFaults(shape);
    refusingFaults(shape);
    lyingFaults(shape);
    shares(shape);
    healing(shape);
    controls(shape);
  });
}

const stock = (shape: Shape) => send(shape, getStock, { params }, { key: null });
const browse = (shape: Shape) => send(shape, listProducts, { query: { limit: 1 } }, { key: null });

function slowFaults(shape: Shape): void {
  test('latency: the feature takes that much longer, its neighbour does not', async () => {
    const healthyMs = await medianMs(9, () => stock(shape));
    const latencyMs = Math.ceil(100 + 20 * healthyMs);
    await breakDown(shape, 'inventory', { kind: 'latency', latencyMs });
    const slowMs = await medianMs(3, () => stock(shape));
    // A timer may ring a millisecond early, never more.
    expect(slowMs).toBeGreaterThanOrEqual(latencyMs - 1);
    expect(slowMs / healthyMs).toBeGreaterThan(10);
    expect(await medianMs(9, () => browse(shape))).toBeLessThan(slowMs / 2);
    expect(await ask(shape, getStock, { params })).toMatchObject(params);
  });

  test('latency for one at a time: the calls of a process wait behind each other', async () => {
    const latencyMs = 200;
    await breakDown(shape, 'inventory', { kind: 'latency', latencyMs, atOnce: 1 });
    const tookMs = await timedMs(() => Promise.all([1, 2, 3, 4].map(() => stock(shape))));
    expect(tookMs).toBeGreaterThanOrEqual(4 * (latencyMs - 1));
    const none = await instruct(shape, 'PUT', 'inventory', {
      kind: 'latency',
      latencyMs,
      atOnce: 0,
    });
    expect(none.status).toBe(400);
  });

  test('hang: nothing in that process answers meanwhile, its neighbours in others do', async () => {
    const hangMs = 2000;
    await breakDown(shape, 'inventory', { kind: 'hang', hangMs });
    const { tookMs: hungMs, longestMs } = await besides(
      () => stock(shape),
      () => browse(shape),
    );
    expect(hungMs).toBeGreaterThanOrEqual(hangMs);
    if (howIn(shape, 'blastRadius') === 'every feature') {
      expect(longestMs).toBeGreaterThan(hangMs / 2);
    } else expect(longestMs).toBeLessThan(0.8 * hangMs);
  });
}

function refusingFaults(shape: Shape): void {
  test('error: the feature answers 503, or the status it was told, and names itself', async () => {
    await breakDown(shape, 'inventory', { kind: 'error' });
    const told = { code: 'INJECTED_FAULT', component: 'inventory' };
    expect(refused(await stock(shape))).toMatchObject({ status: 503, ...told });
    await breakDown(shape, 'inventory', { kind: 'error', status: 418 });
    expect(refused(await stock(shape))).toMatchObject({ status: 418, ...told });
    expect((await browse(shape)).status).toBe(200);
  });

  test('exception: the feature answers 500 and tells nothing of the inside', async () => {
    const pids = shape.target.components.map(({ pid }) => pid);
    await breakDown(shape, 'inventory', { kind: 'exception' });
    const answer = await stock(shape);
    expect(refused(answer)).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(answer.text).not.toMatch(/injected|TypeError|\.ts|\.mjs/);
    expect((await browse(shape)).status).toBe(200);
    expect(shape.target.components.map(({ pid }) => pid)).toEqual(pids);
  });

  test.runIf(howIn(shape, 'faultSwitches') !== 'six features')(
    'a broken front door refuses what every feature would have answered',
    async () => {
      await breakDown(shape, 'gateway', { kind: 'error' });
      for (const answer of [await stock(shape), await browse(shape)]) {
        expect(refused(answer)).toMatchObject({ status: 503, component: 'gateway' });
      }
      await healOne(shape, 'gateway');
      expect((await browse(shape)).status).toBe(200);
    },
  );

  test('a checkout whose payments fail is refused, and nothing is taken', async () => {
    const before = await stockOf(shape, mint);
    await breakDown(shape, 'payments', { kind: 'error' });
    const problem = await refusal(shape, placeOrder, { body: newOrder([lineOf(mint, 3)]) });
    expect(problem).toMatchObject({ status: 503, code: howIn(shape, 'faultInsideCheckout') });
    await healAll(shape);
    await shape.settled(async () => expect(await stockOf(shape, mint)).toBe(before));
  });
}

function lyingFaults(shape: Shape): void {
  test('wrong: the answer fits the contract and lies about money and counts', async () => {
    const right = await ask(shape, getProduct, { params });
    const pieces = await stockOf(shape, mint);
    await breakDown(shape, 'catalog', { kind: 'wrong' });
    await breakDown(shape, 'inventory', { kind: 'wrong' });
    const wrong = await ask(shape, getProduct, { params });
    expect(wrong).toEqual({ ...right, priceCents: right.priceCents * 10 });
    expect(await stockOf(shape, mint)).toBe(pieces + 1);
    await healAll(shape);
    expect(await ask(shape, getProduct, { params })).toEqual(right);
    expect(await stockOf(shape, mint)).toBe(pieces);
  });
}

function shares(shape: Shape): void {
  test('percent: about that share of the calls meets the fault, and each is counted', async () => {
    const calls = 400;
    const percent = 30;
    await breakDown(shape, 'catalog', { kind: 'error', percent });
    let met = 0;
    for (let count = 0; count < calls; count += 1) {
      const { status } = await browse(shape);
      expect([200, 503]).toContain(status);
      if (status === 503) met += 1;
    }
    // Six standard deviations of a binomial draw: one run in a billion lies outside.
    const share = percent / 100;
    const bound = 6 * Math.sqrt(calls * share * (1 - share));
    expect(Math.abs(met - calls * share)).toBeLessThan(bound);
    expect((await stateOf(shape, 'catalog')).hits).toBe(met);
  });
}

function healing(shape: Shape): void {
  const error: Fault = { kind: 'error' };

  test('a fault heals itself when its time is over, and says when that is', async () => {
    const state = await breakDown(shape, 'catalog', { ...error, durationMs: 300 });
    expect(Date.parse(state.healsAt ?? '')).toBeGreaterThan(0);
    await eventually(async () => expect((await browse(shape)).status).toBe(200));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(state.healsAt ?? ''));
    const healed = { component: 'catalog', fault: null, healsAt: null };
    expect(await stateOf(shape, 'catalog')).toMatchObject(healed);
  });

  test('a fault that is set again replaces the one before', async () => {
    await breakDown(shape, 'catalog', error);
    await browse(shape);
    const latency: Fault = { kind: 'latency', latencyMs: 1 };
    const state = await breakDown(shape, 'catalog', latency);
    expect(state).toMatchObject({ fault: latency, hits: 0 });
    expect((await browse(shape)).status).toBe(200);
  });

  test('one component can be healed by itself', async () => {
    await breakDown(shape, 'catalog', error);
    await breakDown(shape, 'inventory', error);
    expect((await healOne(shape, 'catalog')).fault).toBeNull();
    expect([(await browse(shape)).status, (await stock(shape)).status]).toEqual([200, 503]);
  });

  test('one request heals everything', async () => {
    for (const component of ['catalog', 'inventory', 'reports']) {
      await breakDown(shape, component, error);
    }
    expect((await browse(shape)).status).toBe(503);
    const states = await healAll(shape);
    expect(states.map(({ fault }) => fault)).toEqual(states.map(() => null));
    expect([(await browse(shape)).status, (await stock(shape)).status]).toEqual([200, 200]);
  });
}

function controls(shape: Shape): void {
  test.each([
    ['no kind', {}, 'body', 'kind'],
    ['a kind nobody knows', { kind: 'flood' }, 'body', 'kind'],
    ['latency that is not said', { kind: 'latency' }, 'body', 'latencyMs'],
    ['latency of nothing', { kind: 'latency', latencyMs: 0 }, 'body/latencyMs', '>= 1'],
    ['a share of more than all', { kind: 'error', percent: 101 }, 'body/percent', '<= 100'],
    ['a status that is no error', { kind: 'error', status: 200 }, 'body/status', '>= 400'],
    ['a hang of an hour', { kind: 'hang', hangMs: 3_600_000 }, 'body/hangMs', '<= 30000'],
    ['a leak of a gigabyte', { kind: 'leak', leakMb: 1024 }, 'body/leakMb', '<= 256'],
    ['a query of an hour', { kind: 'slow-query', queryMs: 3_600_000 }, 'body/queryMs', '<= 30000'],
    ['a lock of no time', { kind: 'db-lock', lockMs: 0 }, 'body/lockMs', '>= 1'],
    ['a pool that is not said', { kind: 'pool' }, 'body', 'holdMs'],
    ['a field of another kind', { kind: 'crash', latencyMs: 5 }, 'body', 'latencyMs'],
    ['no time at all', { kind: 'crash', durationMs: 1 }, 'body/durationMs', '>= 100'],
  ])('a fault with %s is refused, and the answer says where', async (_name, fault, at, word) => {
    const problem = refused(await instruct(shape, 'PUT', 'catalog', fault));
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(problem.detail).toContain(word);
    const places = (problem.errors as { at: string }[]).map((error) => error.at);
    expect(new Set(places)).toEqual(new Set([at]));
    expect((await stateOf(shape, 'catalog')).fault).toBeNull();
  });

  test('a component that does not exist cannot be broken', async () => {
    const problem = refused(await instruct(shape, 'PUT', 'teapots', { kind: 'crash' }));
    expect(problem).toMatchObject({ status: 404, code: 'NO_SUCH_ROUTE' });
  });

  test('only the instructor can break anything', async () => {
    const headers = { 'x-api-key': shape.customerKey, 'content-type': 'application/json' };
    const body = JSON.stringify({ kind: 'error' });
    const problem = refused(
      await exchange(shape, '/chaos/catalog', { method: 'PUT', headers, body }),
    );
    expect(problem).toMatchObject({ status: 403, code: 'KEY_NOT_ALLOWED' });
    expect((await browse(shape)).status).toBe(200);
  });

  test('a shop that was not started for faults has no switches, whoever asks', async () => {
    const { frontDoor } = shape.target.target;
    await shape.target.restartComponent(frontDoor, { env: { LAB_CHAOS: 'off' } });
    const answers = [
      await instruct(shape, 'GET'),
      await instruct(shape, 'PUT', 'catalog', { kind: 'error' }),
    ];
    for (const answer of answers) {
      expect(refused(answer)).toMatchObject({ status: 404, code: 'NO_SUCH_ROUTE' });
    }
    expect((await browse(shape)).status).toBe(200);
    await shape.target.restartComponent(frontDoor, { env: { LAB_CHAOS: 'on' } });
  });
}
