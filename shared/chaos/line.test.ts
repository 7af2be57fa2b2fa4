// chaos/line.test.ts: who waits, who stands in line behind, and what a healed fault does to them.
// Run by vitest; the waits are promises that the tests end by hand, so no time is measured.
import { expect, test } from 'vitest';
import { createLine } from './line.ts';
import { createSwitchboard } from './switchboard.ts';

/** A line, the calls whose turn it has been, and the ends of their waits. */
function lineOf(atOnce: number) {
  const healing = new AbortController();
  const line = createLine(atOnce, healing.signal);
  const turns: string[] = [];
  const ends = new Map<string, () => void>();
  const come = (name: string) =>
    line.pass(() => {
      turns.push(name);
      return new Promise<void>((end) => ends.set(name, end));
    });
  const finish = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { come, finish, turns, heal: () => healing.abort() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('two wait at a time, and the others get their turn in the order in which they came', async () => {
  const { come, finish, turns } = lineOf(2);
  for (const name of ['ada', 'bob', 'cy', 'dee']) void come(name);
  await settled();
  expect(turns).toEqual(['ada', 'bob']);
  await finish('bob');
  expect(turns).toEqual(['ada', 'bob', 'cy']);
  await finish('ada');
  expect(turns).toEqual(['ada', 'bob', 'cy', 'dee']);
});

test('a place that nobody wanted is free for the next who comes, and not for two', async () => {
  const { come, finish, turns } = lineOf(1);
  void come('ada');
  await finish('ada');
  for (const name of ['bob', 'cy']) void come(name);
  await settled();
  expect(turns).toEqual(['ada', 'bob']);
});

test('a wait that fails gives its place away as well', async () => {
  const line = createLine(1, new AbortController().signal);
  await expect(line.pass(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  await expect(line.pass(() => Promise.resolve())).resolves.toBeUndefined();
});

test('when the fault heals nobody stands in line any more', async () => {
  const { come, turns, heal } = lineOf(1);
  for (const name of ['ada', 'bob', 'cy']) void come(name);
  heal();
  for (const name of ['dee', 'eve']) void come(name);
  await settled();
  expect(turns.sort()).toEqual(['ada', 'bob', 'cy', 'dee', 'eve']);
});

test('without a limit nobody stands in line', async () => {
  const { come, turns } = lineOf(Number.POSITIVE_INFINITY);
  for (const name of ['ada', 'bob', 'cy']) void come(name);
  await settled();
  expect(turns).toEqual(['ada', 'bob', 'cy']);
});

test('four calls at once into a latency for one at a time take four times as long', async () => {
  const board = createSwitchboard({ components: ['catalog'] });
  board.set('catalog', { kind: 'latency', latencyMs: 100, atOnce: 1 });
  const startedMs = performance.now();
  await Promise.all([1, 2, 3, 4].map(() => board.meet('catalog', async () => 'shelf')));
  // A timer may ring a millisecond early, never more.
  expect(performance.now() - startedMs).toBeGreaterThan(4 * 98);
  expect(board.state('catalog').hits).toBe(4);
  board.heal();
});
