// chaos/several.test.ts: which faults strike one process of several, and what all say together.
import { expect, test } from 'vitest';
import { faultKinds } from '../contract/chaos.ts';
import { isForOne, together } from './several.ts';

test('a fault that ends or blocks a process is for one, every other is for all', () => {
  const forOne = faultKinds.filter((kind) => isForOne({ method: 'PUT', body: { kind } }));
  for (const kind of ['crash', 'hang']) expect(forOne).toContain(kind);
  for (const kind of ['latency', 'error', 'exception', 'wrong']) expect(forOne).not.toContain(kind);
});

test('healing is for all, whatever comes with it, and so is what is no fault', () => {
  expect(isForOne({ method: 'DELETE', body: { kind: 'crash' } })).toBe(false);
  expect(isForOne({ method: 'PUT', body: null })).toBe(false);
});

test('the fault of any shows, and hits add up', () => {
  const healthy = { component: 'catalog', fault: null, healsAt: null, hits: 0, kinds: [] };
  const struck = {
    component: 'catalog',
    fault: { kind: 'wrong' as const },
    healsAt: '2026-11-22T09:30:00.000Z',
    hits: 2,
    kinds: [],
  };
  expect(together([healthy, struck, { ...struck, hits: 3 }])).toEqual({ ...struck, hits: 5 });
});
