// sqs/heap.test.ts: whatever goes in comes out in order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeap } from './heap.ts';

const isLess = (one: number, other: number) => one < other;

test('items come out in order, however they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (items) => {
      const heap = createHeap(isLess);
      for (const item of items) heap.push(item);
      expect(heap.peek()).toBe(items.length === 0 ? undefined : Math.min(...items));
      expect(items.map(() => heap.pop())).toEqual([...items].sort((a, b) => a - b));
      expect(heap.pop()).toBeUndefined();
    }),
  );
});

test('any place can be taken, 0 is the first, and the rest stays in order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.nat(), (items, any) => {
      const heap = createHeap(isLess);
      for (const item of items) heap.push(item);
      const at = any % items.length;
      const taken = heap.pop(at) as number;
      expect(taken === Math.min(...items)).toBe(at === 0);
      const rest = items.filter((item) => item !== taken).sort((a, b) => a - b);
      expect(rest.map(() => heap.pop())).toEqual(rest);
      expect(heap.pop(items.length)).toBeUndefined();
    }),
  );
});
