// lab/blocks.test.ts: blocks are shuffled by the seed, discarded with a reason, and never half kept.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { expect, test } from 'vitest';
import { measureBlocks, shuffled } from './blocks.ts';
import { strictGate } from './definition.ts';
import type { Arm } from './experiment.ts';
import { silentWatcher } from './watcher.ts';

/** What others do to the machine during a test must not decide it. */
const gate = { ...strictGate, otherCpuRatio: 1 };

const armOf = (name: string, doubts: (index: number) => string[] = () => []): Arm => ({
  name,
  measure: async ({ index }) => [{ arm: name, metrics: { value: index }, doubts: doubts(index) }],
});

function planOf(wanted: number, signal = new AbortController().signal) {
  return { wanted, seed: 7, gate, ownsServers: true, signal, watcher: silentWatcher };
}

test('every arm is measured once a block, in an order that the seed gives', async () => {
  const arms = ['a', 'b', 'c', 'd', 'e'].map((name) => armOf(name));
  const blocks = await measureBlocks(arms, planOf(6));
  const orders = blocks.map(({ order }) => order.join(''));
  expect(orders).toHaveLength(6);
  for (const order of orders) expect([...order].sort().join('')).toBe('abcde');
  expect(new Set(orders).size).toBeGreaterThan(1);
  const again = await measureBlocks(arms, planOf(6));
  expect(again.map(({ order }) => order.join(''))).toEqual(orders);
});

test('a block with a doubt is kept, named and measured again', async () => {
  const arm = armOf('a', (index) => (index === 1 ? ['the generator was late'] : []));
  const blocks = await measureBlocks([arm], planOf(3));
  expect(blocks.map(({ discarded }) => discarded)).toEqual([
    [],
    ['a: the generator was late'],
    [],
    [],
  ]);
});

test('a machine that is never quiet enough ends the run', async () => {
  const blocks = await measureBlocks([armOf('a', () => ['always'])], planOf(2));
  expect(blocks).toHaveLength(3);
});

test('a run that is stopped keeps whole blocks only', async () => {
  const stopping = new AbortController();
  const arms = [
    armOf('a'),
    {
      name: 'b',
      async measure({ index }: { index: number }) {
        if (index === 2) stopping.abort();
        stopping.signal.throwIfAborted();
        return [{ arm: 'b', metrics: {}, doubts: [] }];
      },
    },
  ];
  expect(await measureBlocks(arms, planOf(9, stopping.signal))).toHaveLength(2);
});

test('an arm that fails costs its block, which says why and keeps what came before', async () => {
  const failing = (index: number) => {
    if (index === 1) throw new Error('no such thing.');
    return [];
  };
  const blocks = await measureBlocks([armOf('a', failing)], planOf(3));
  expect(blocks.map(({ discarded }) => discarded)).toEqual([
    [],
    ['a failed: no such thing'],
    [],
    [],
  ]);
  expect(blocks.map(({ failed }) => failed ?? false)).toEqual([false, true, false, false]);
});

test('an arm that always fails ends the run, and what the others yielded is kept', async () => {
  const broken: Arm = { name: 'b', measure: () => Promise.reject(new Error('no such thing')) };
  const blocks = await measureBlocks([armOf('a'), broken], planOf(6));
  expect(blocks).toHaveLength(6);
  for (const { order, samples } of blocks)
    expect(samples.map(({ arm }) => arm)).toEqual(order[0] === 'a' ? ['a'] : []);
  expect(new Set(blocks.map(({ order }) => order[0])).size).toBe(2);
});

test('shuffling loses nothing, doubles nothing, and reaches every order', () => {
  const random = seededRandom(1);
  const orders = Array.from({ length: 200 }, () => shuffled(['a', 'b', 'c'], random).join(''));
  expect(new Set(orders)).toEqual(new Set(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']));
});
