// page/page-table.test.ts: when the page is said to be harmless, and when it is said to grow.
// Run by `npm test`.
import { expect, test } from 'vitest';
import type { PageBlock, PageMinute, PageResult } from './measure-page.ts';
import { growthOf, pageMet, pageText } from './page-table.ts';

const block = (open: boolean, lagMsP99: number, worstSecondOff = -0.001): PageBlock => ({
  ...{ open, worstSecondOff, lagMsP99, msP99: 12 },
});
const held = (...heaps: number[]): PageMinute[] =>
  heaps.map((heapMb, at) => ({
    ...{ minute: at + 1, heapMb, nodes: 900, cpuShare: 0.08, serverMb: 200 },
  }));
const calm = held(4, 7, 8, 8, 8.1, 8, 8.2, 8.1, 8, 8.1);

const result = (blocks: readonly PageBlock[], minutes: readonly PageMinute[]): PageResult => ({
  ...{ blocks, minutes },
});

test.each<[string, boolean | null, PageResult]>([
  ['within the limits', true, result([block(false, 1), block(true, 2)], calm)],
  ['late with the page open', false, result([block(false, 1), block(true, 9)], calm)],
  ['late with the page closed only', true, result([block(false, 9), block(true, 2)], calm)],
  ['off its rate', false, result([block(true, 1, -0.02)], calm)],
  ['a heap that grows', false, result([block(true, 1)], held(4, 7, 8, 9, 10, 11, 12, 13, 14))],
  ['not watched', null, result([block(true, 1)], [])],
])('%s: %s', (_, met, measured) => {
  expect(pageMet(measured)).toBe(met);
});

test('what fills up in the first two minutes is no growth', () => {
  expect(growthOf(calm)).toBeCloseTo(0.0125, 4);
  expect(growthOf(calm.slice(0, 7))).toBeUndefined();
});

test('the table says both arms, the limits and every minute', () => {
  const text = pageText(result([block(false, 1), block(true, 2)], calm));
  expect(text).toContain('page closed   0.10 (0.10–0.10)');
  expect(text).toContain('the heap grew by 1.2 % (limit 10)');
  expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
});
