// test/chaos-deadly.test.ts: faults that end a process: who dies with it, and who comes back.
// Through the front door of real processes with a small heap.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { labFolders, repoRoot } from '../../loadtests/targets/lab-folders.ts';
import { listProducts } from '../contract/catalog.ts';
import { getStock } from '../contract/inventory.ts';
import { productById } from '../fixtures/products.ts';
import { type Exchange, exchange, refused, send } from './asking.ts';
import { howIn } from './differences.ts';
import { breakDown, healAll, healOne, stateOf } from './faults.ts';
import { type Shape, shapeNames, shapesAt } from './shapes.ts';
import { eventually } from './subject.ts';

const HEAP_MB = 96;
/** Five calls of this size leave room in the heap; thirty do not. */
const LEAK_MB = 8;
const shapes = await shapesAt(24_000, {}, [`--max-old-space-size=${HEAP_MB}`]);
const params = { productId: productById('prd_0168').id };

for (const name of shapeNames) {
  describe(name, () => {
    const shape = shapes[name];
    beforeAll(() => shape.start());
    afterAll(() => shape.stop());
    afterEach(() => healAll(shape));

    sudden(shape);
    leaking(shape);
  });
}

const stock = (shape: Shape) => send(shape, getStock, { params }, { key: null });
const browse = (shape: Shape) => send(shape, listProducts, { query: { limit: 1 } }, { key: null });
const ownerIn = (shape: Shape) =>
  howIn(shape, 'blastRadius') === 'every feature' ? 'monolith' : 'inventory';
const pidsOf = (shape: Shape) =>
  new Map(shape.target.components.map(({ name, pid }) => [name, pid]));

function sudden(shape: Shape): void {
  test.each([
    ['crash', 'injected crash in inventory'],
    ['rejection', 'injected rejection in inventory'],
  ] as const)(
    '%s: the process dies at the next call, and another takes its place',
    async (kind, word) => {
      const pids = pidsOf(shape);
      const logged = logOf(shape).length;
      await breakDown(shape, 'inventory', { kind });
      expect(pidsOf(shape)).toEqual(pids);
      const death = deathIn(shape);
      const last = await stock(shape).then(refused, () => 'hung up');
      if (ownerIn(shape) === 'inventory') {
        expect(last).toMatchObject({ status: 503, dependency: 'inventory' });
      } else expect(last).toBe('hung up');
      expect(await death).toMatchObject({ code: 1, browsing: ownerIn(shape) === 'inventory' });
      expect(logOf(shape).slice(logged)).toContain(word);
      await expectAnother(shape, pids);
    },
  );
}

function leaking(shape: Shape): void {
  /** As many calls as leak about half of the heap; all are answered. */
  async function leakHalf(durationMs: number): Promise<void> {
    await breakDown(shape, 'inventory', { kind: 'leak', leakMb: LEAK_MB, durationMs });
    for (let call = 0; call < 5; call += 1) expect((await stock(shape)).status).toBe(200);
  }

  test('leak: the heap of that process grows by what each call keeps', async () => {
    const before = await heapMb(shape);
    await leakHalf(600_000);
    expect((await heapMb(shape)) - before).toBeGreaterThan(5 * LEAK_MB - 15);
    expect((await stateOf(shape, 'inventory')).hits).toBe(5);
  });

  test('leak: healed, or ended by itself, it gives back what it kept', async () => {
    const pids = pidsOf(shape);
    // Together twice the heap: the process would not live to the end with any half still kept.
    for (const _round of [1, 2]) {
      await leakHalf(600_000);
      await healOne(shape, 'inventory');
      await leakHalf(2000);
      await eventually(async () => expect((await stateOf(shape, 'inventory')).fault).toBeNull());
    }
    await leakHalf(600_000);
    expect(pidsOf(shape)).toEqual(pids);
  });

  test('leak: unhealed, V8 runs out of heap and the process dies', async () => {
    const pids = pidsOf(shape);
    const logged = logOf(shape).length;
    await breakDown(shape, 'inventory', { kind: 'leak', leakMb: LEAK_MB, durationMs: 600_000 });
    const death = deathIn(shape);
    const answers: Exchange[] = [];
    for (let call = 0; call < 30; call += 1) {
      const answer = await stock(shape).catch(() => undefined);
      if (answer?.status !== 200) break;
      answers.push(answer);
    }
    expect(answers.length).toBeGreaterThan(3);
    expect(answers.length).toBeLessThan(30);
    expect(await death).toMatchObject({ code: null, browsing: ownerIn(shape) === 'inventory' });
    expect(logOf(shape).slice(logged)).toContain('JavaScript heap out of memory');
    await expectAnother(shape, pids);
  });
}

/** How the owner of the inventory died, and whether browsing worked in that moment. */
function deathIn(shape: Shape): Promise<{ code: number | null; browsing: boolean }> {
  return new Promise((resolve) => {
    const end = shape.target.onEvent((event) => {
      if (event.kind !== 'died' || event.name !== ownerIn(shape)) return;
      end();
      browse(shape).then(
        ({ status }) => resolve({ code: event.code, browsing: status === 200 }),
        () => resolve({ code: event.code, browsing: false }),
      );
    });
  });
}

/** The owner runs again, healthy; nobody else was touched. */
async function expectAnother(shape: Shape, pids: Map<string, number | undefined>): Promise<void> {
  await shape.target.waitReady();
  for (const [name, pid] of pidsOf(shape)) {
    if (name === ownerIn(shape)) expect(pid).not.toBe(pids.get(name));
    else expect([name, pid]).toEqual([name, pids.get(name)]);
  }
  // A switch lives in its process: the new one is healthy.
  await eventually(async () => expect((await stock(shape)).status).toBe(200));
  expect((await stateOf(shape, 'inventory')).fault).toBeNull();
}

function logOf(shape: Shape): string {
  const { instance } = shape.target.target;
  return readFileSync(join(labFolders(repoRoot).logs, instance, `${ownerIn(shape)}.log`), 'utf8');
}

/** What V8 says it uses, in MB, as the process's own /metrics tells it. */
async function heapMb(shape: Shape): Promise<number> {
  const owner = shape.target.components.find(({ name }) => name === ownerIn(shape));
  const { text } = await exchange({ baseUrl: owner?.url ?? '' }, '/metrics');
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1]) / 2 ** 20;
}
