// reports/batcher.test.ts: who is in which batch, and who learns of a failure.
// Run by vitest.
import { expect, test } from 'vitest';
import { createBatcher } from './batcher.ts';

/** A batcher that doubles numbers, and what it was asked to enter; it waits until `go` is called. */
function doubling(mostAtOnce: number) {
  const batches: (readonly number[])[] = [];
  const held: (() => void)[] = [];
  const enter = createBatcher<number, number>(mostAtOnce, async (items) => {
    batches.push(items);
    await new Promise<void>((resolve) => held.push(resolve));
    if (items.includes(13)) throw new Error('unlucky');
    return items.map((item) => 2 * item);
  });
  const go = async () => {
    await expect.poll(() => held.length).toBeGreaterThan(0);
    held.shift()?.();
  };
  return { batches, enter, go };
}

test('what arrives while a batch is under way is the next batch, in its order', async () => {
  const { batches, enter, go } = doubling(100);
  const first = [1, 2].map(enter);
  await expect.poll(() => batches).toEqual([[1, 2]]);
  const second = [3, 4, 5].map(enter);
  await go();
  expect(await Promise.all(first)).toEqual([2, 4]);
  await go();
  expect(await Promise.all(second)).toEqual([6, 8, 10]);
  expect(batches).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('a batch has no more than its most, and the next follows by itself', async () => {
  const { batches, enter, go } = doubling(2);
  const all = [1, 2, 3].map(enter);
  await go();
  await go();
  expect(await Promise.all(all)).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1, 2], [3]]);
});

test('in a batch that fails, only what fails by itself is refused', async () => {
  const { batches, enter, go } = doubling(100);
  const all = Promise.allSettled([1, 13, 3].map(enter));
  for (let batch = 0; batch < 4; batch += 1) await go();
  const [one, unlucky, three] = await all;
  expect([one, three]).toMatchObject([{ value: 2 }, { value: 6 }]);
  expect(unlucky).toMatchObject({ reason: { message: 'unlucky' } });
  expect(batches).toEqual([[1, 13, 3], [1], [13], [3]]);
  // And it goes on.
  const later = enter(4);
  await go();
  expect(await later).toBe(8);
});
