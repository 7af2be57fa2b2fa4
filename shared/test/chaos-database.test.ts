// test/chaos-database.test.ts: one feature's database is slow, locked or taken: who waits with it.
// Through the front door of real processes; each engine by itself is in database-faults.test.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listProducts } from '../contract/catalog.ts';
import { type Fault, faultKinds, processKinds } from '../contract/chaos.ts';
import { getStock } from '../contract/inventory.ts';
import { listNotifications } from '../contract/notifications.ts';
import { alice } from '../fixtures/customers.ts';
import { productById } from '../fixtures/products.ts';
import { ask, refused, send } from './asking.ts';
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
import { buy, lineOf } from './shopping.ts';
import { eventually } from './subject.ts';

const shapes = await shapesAt(28_500);
const mint = productById('prd_0168');
const HELD_MS = 3000;
/** A lock is taken by a thread that has to start first; in a test that is late, it only proves less. */
const TAKING_MS = 500;

for (const name of shapeNames) {
  describe(name, () => {
    const shape = shapes[name];
    beforeAll(() => shape.start());
    afterAll(() => shape.stop());
    afterEach(() => healAll(shape));

    slowQueries(shape);
    held(shape, { kind: 'db-lock', lockMs: HELD_MS });
    held(shape, { kind: 'pool', holdMs: HELD_MS });
    kinds(shape);
  });
}

const stock = (shape: Shape) => ask(shape, getStock, { params: { productId: mint.id } });
const browse = (shape: Shape) => send(shape, listProducts, { query: { limit: 1 } }, { key: null });
const order = (shape: Shape) => buy(shape, [lineOf(mint)]);
/** A read of the feature that is broken: it meets the fault, and writes nothing. */
const readMessages = (shape: Shape) =>
  ask(shape, listNotifications, { query: { customerId: alice.id } });

function slowQueries(shape: Shape): void {
  test('slow-query: the feature waits for it, and so does all of its process', async () => {
    const healthyMs = await medianMs(9, () => stock(shape));
    const queryMs = Math.ceil(1000 + 20 * healthyMs);
    await breakDown(shape, 'inventory', { kind: 'slow-query', queryMs });
    const { tookMs, longestMs } = await besides(
      () => stock(shape),
      () => browse(shape),
    );
    expect(tookMs).toBeGreaterThanOrEqual(queryMs - 1);
    if (howIn(shape, 'blastRadius') === 'every feature') {
      expect(longestMs).toBeGreaterThan(queryMs / 2);
    } else expect(longestMs).toBeLessThan(0.8 * queryMs);
    await healOne(shape, 'inventory');
    expect(await medianMs(3, () => stock(shape))).toBeLessThan(queryMs / 2);
  });

  test('slow-query: it ends by itself', async () => {
    await breakDown(shape, 'inventory', { kind: 'slow-query', queryMs: 300, durationMs: 500 });
    await stock(shape);
    await eventually(async () => expect((await stateOf(shape, 'inventory')).fault).toBeNull());
    expect(await medianMs(3, () => stock(shape))).toBeLessThan(150);
  });
}

function held(shape: Shape, fault: Fault): void {
  const { kind } = fault;
  const forLong = { ...fault, ...(kind === 'pool' ? { holdMs: 30_000 } : { lockMs: 30_000 }) };

  test(`${kind}: whoever reads goes on, and whoever writes to that database waits`, async () => {
    await calm(shape);
    await breakDown(shape, 'notifications', fault);
    const readMs = await timedMs(() => readMessages(shape));
    expect(readMs).toBeLessThan(HELD_MS / 2);
    expect(await medianMs(3, () => browse(shape))).toBeLessThan(HELD_MS / 10);
    // An order writes a message: in the monolith at once and to the same database.
    if (howIn(shape, 'databaseReach') === 'every write') {
      await eventually(async () =>
        expect(await timedMs(() => order(shape))).toBeGreaterThan(HELD_MS / 3),
      );
    } else expect(await medianMs(9, () => order(shape))).toBeLessThan(HELD_MS / 3);
    await healAll(shape);
  });

  test(`${kind}: healed, it lets go at once of what it would have held for long`, async () => {
    await calm(shape);
    await breakDown(shape, 'notifications', forLong);
    await readMessages(shape);
    await sleep(TAKING_MS);
    await healOne(shape, 'notifications');
    expect(await timedMs(() => order(shape))).toBeLessThan(HELD_MS);
  });

  test(`${kind}: it ends with its own time, though it would have held for long`, async () => {
    await calm(shape);
    await breakDown(shape, 'notifications', { ...forLong, durationMs: 2000 });
    await readMessages(shape);
    await sleep(TAKING_MS);
    await order(shape);
    await eventually(async () => expect((await stateOf(shape, 'notifications')).fault).toBeNull());
    expect(await timedMs(() => order(shape))).toBeLessThan(HELD_MS);
  });
}

/**
 * Healthy, and nothing on its way: a message that waits for the lock would hold up the service's
 * event loop, and with it the order to heal.
 */
async function calm(shape: Shape): Promise<void> {
  await eventually(async () => void (await healOne(shape, 'notifications')));
  const { id } = await order(shape);
  await shape.settled(async () => {
    const { items } = await readMessages(shape);
    expect(items.map(({ orderId }) => orderId)).toContain(id);
  });
}

function kinds(shape: Shape): void {
  test('every component says which kinds it takes, and takes no other', async () => {
    for (const { component, kinds } of await healAll(shape)) {
      expect([component, kinds]).toEqual([
        component,
        component === 'gateway' ? processKinds : faultKinds,
      ]);
    }
  });

  test.runIf(howIn(shape, 'faultSwitches') !== 'six features')(
    'the gateway, which has no database, refuses the faults of one',
    async () => {
      const fault = { kind: 'db-lock', lockMs: 100 };
      const problem = refused(await instruct(shape, 'PUT', 'gateway', fault));
      expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
      expect(problem.detail).toContain('db-lock wants a database, and gateway has none');
    },
  );
}
