// chaos/switchboard.test.ts: the switch itself, with a clock and dice of its own.
// Run by vitest; what a fault does to a running shape is in test/chaos.test.ts.
import { expect, test } from 'vitest';
import { type Fault, processKinds } from '../contract/chaos.ts';
import { Problem } from '../domain/problems.ts';
import { createSwitchboard } from './switchboard.ts';

/** A board over two components; `now` and `dice` are the test's to change. */
function board() {
  const world = { now: Date.parse('2026-11-22T09:00:00.000Z'), dice: 0 };
  const switchboard = createSwitchboard({
    components: ['catalog', 'payments'],
    now: () => world.now,
    random: () => world.dice,
  });
  return { switchboard, world };
}

const error: Fault = { kind: 'error' };
const thrownBy = (work: () => Promise<unknown>) => work().catch((thrown: unknown) => thrown);

test('a healthy component answers as if there were no switch', async () => {
  const { switchboard } = board();
  const shelf = { look: async (count: number) => count * 2 };
  expect(await switchboard.around('catalog', shelf).look(21)).toBe(42);
  const kinds = processKinds;
  const healthy = { component: 'catalog', fault: null, healsAt: null, hits: 0, kinds };
  expect(switchboard.state('catalog')).toEqual(healthy);
});

test('a fault set after the controller was wrapped is met all the same', async () => {
  const { switchboard } = board();
  const guarded = switchboard.around('catalog', { look: async () => 'shelf' });
  switchboard.set('catalog', error);
  expect(await thrownBy(guarded.look)).toMatchObject({ code: 'INJECTED_FAULT', status: 503 });
  switchboard.heal('catalog');
  expect(await guarded.look()).toBe('shelf');
});

test('a fault strikes its own component and no other', async () => {
  const { switchboard } = board();
  switchboard.set('payments', error);
  expect(await switchboard.meet('catalog', async () => 'shelf')).toBe('shelf');
  expect(switchboard.state('catalog').hits).toBe(0);
});

test('functions that go on inside a call are not guarded a second time', async () => {
  const { switchboard } = board();
  const desk = { authorise: async () => 'asked', charge: async () => 'charged' };
  const guarded = switchboard.around('payments', desk, ['charge']);
  switchboard.set('payments', error);
  expect(await thrownBy(guarded.authorise)).toBeInstanceOf(Problem);
  expect(await guarded.charge()).toBe('charged');
});

test('at 25 percent a call meets the fault below a draw of 0.25, and not from there on', async () => {
  const { switchboard, world } = board();
  switchboard.set('catalog', { ...error, percent: 25 });
  const look = () => switchboard.meet('catalog', async () => 'shelf');
  world.dice = 0.2499;
  expect(await thrownBy(look)).toBeInstanceOf(Problem);
  world.dice = 0.25;
  expect(await look()).toBe('shelf');
  expect(switchboard.state('catalog').hits).toBe(1);
});

test('without a percentage every call meets the fault, whatever is drawn', async () => {
  const { switchboard, world } = board();
  switchboard.set('catalog', error);
  for (const dice of [0, 0.5, 1 - 2 ** -32]) {
    world.dice = dice;
    expect(await thrownBy(() => switchboard.meet('catalog', async () => 1))).toBeInstanceOf(
      Problem,
    );
  }
  expect(switchboard.state('catalog').hits).toBe(3);
});

test('a fault ends when its time is over, to the millisecond', async () => {
  const { switchboard, world } = board();
  const state = switchboard.set('catalog', { ...error, durationMs: 500 });
  expect(state.healsAt).toBe('2026-11-22T09:00:00.500Z');
  const look = () => switchboard.meet('catalog', async () => 'shelf');
  world.now += 499;
  expect(await thrownBy(look)).toBeInstanceOf(Problem);
  world.now += 1;
  expect(await look()).toBe('shelf');
  expect(switchboard.state('catalog').fault).toBeNull();
});

test('a fault without a duration lasts 30 seconds', () => {
  const { switchboard } = board();
  expect(switchboard.set('catalog', error).healsAt).toBe('2026-11-22T09:00:30.000Z');
});

test('a fault that is set again starts to count anew', async () => {
  const { switchboard, world } = board();
  switchboard.set('catalog', { ...error, durationMs: 500 });
  await thrownBy(() => switchboard.meet('catalog', async () => 1));
  world.now += 400;
  const again = switchboard.set('catalog', { ...error, durationMs: 500 });
  expect(again).toMatchObject({ hits: 0, healsAt: '2026-11-22T09:00:00.900Z' });
});

test('healing without a name heals every component', () => {
  const { switchboard } = board();
  switchboard.set('catalog', error);
  switchboard.set('payments', error);
  switchboard.heal();
  const faults = switchboard.components.map((name) => switchboard.state(name).fault);
  expect(faults).toEqual([null, null]);
});

test('an error has the status it was told, and names its component', async () => {
  const { switchboard } = board();
  switchboard.set('payments', { kind: 'error', status: 418 });
  const thrown = await thrownBy(() => switchboard.meet('payments', async () => 1));
  const values = { component: 'payments' };
  expect(thrown).toMatchObject({ status: 418, code: 'INJECTED_FAULT', values });
});

test('an exception is no problem of the contract, and the work is not done', async () => {
  const { switchboard } = board();
  switchboard.set('catalog', { kind: 'exception' });
  let done = false;
  const thrown = await thrownBy(() =>
    switchboard.meet('catalog', async () => {
      done = true;
    }),
  );
  expect(thrown).toBeInstanceOf(TypeError);
  expect(done).toBe(false);
});

test('a wrong answer is ten times the money and one piece more', async () => {
  const { switchboard } = board();
  switchboard.set('catalog', { kind: 'wrong' });
  const answer = await switchboard.meet('catalog', async () => ({ priceCents: 250, left: 3 }));
  expect(answer).toEqual({ priceCents: 2500, left: 4 });
});

test('latency waits and then does the work', async () => {
  const { switchboard } = board();
  switchboard.set('catalog', { kind: 'latency', latencyMs: 1 });
  const order: string[] = [];
  const slow = switchboard.meet('catalog', async () => order.push('catalog'));
  await switchboard.meet('payments', async () => order.push('payments'));
  await slow;
  expect(order).toEqual(['payments', 'catalog']);
});

test('a hang holds the loop until the clock says so, and then does the work', async () => {
  let now = 0;
  // A clock that moves only when it is read: the loop must have read it to the end.
  const switchboard = createSwitchboard({ components: ['catalog'], now: () => (now += 10) });
  switchboard.set('catalog', { kind: 'hang', hangMs: 1000, durationMs: 60_000 });
  const before = now;
  expect(await switchboard.meet('catalog', async () => 'shelf')).toBe('shelf');
  expect(now - before).toBeGreaterThanOrEqual(1000);
});

test('a hang of a tenth of a millisecond never ends before it', async () => {
  const switchboard = createSwitchboard({ components: ['catalog'] });
  switchboard.set('catalog', { kind: 'hang', hangMs: 0.1 });
  const lengthsMs: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    const fromMs = performance.now();
    await switchboard.meet('catalog', async () => 'shelf');
    lengthsMs.push(performance.now() - fromMs);
  }
  switchboard.heal();
  expect(Math.min(...lengthsMs)).toBeGreaterThanOrEqual(0.1);
});

test('a component that is not on the board can be neither broken nor asked nor healed', () => {
  const { switchboard } = board();
  const refusal = expect.objectContaining({ code: 'NO_SUCH_ROUTE', status: 404 });
  expect(() => switchboard.set('teapots', error)).toThrow(refusal);
  expect(() => switchboard.state('teapots')).toThrow(refusal);
  expect(() => switchboard.heal('teapots')).toThrow(refusal);
});
