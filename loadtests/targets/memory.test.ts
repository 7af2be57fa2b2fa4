// targets/memory.test.ts: memory of real processes, and what a megabyte is.
import { expect, test } from 'vitest';
import { megabytes } from '../commands/lib/format.ts';
import { bytes } from '../report/figures.ts';
import { allPidsOf, BYTES_PER_MB, memoryOf } from './memory.ts';
import type { ComponentStatus } from './platform.ts';

test('a megabyte is as large on the screen as in the report', () => {
  const size = 86 * BYTES_PER_MB;
  expect(megabytes(size)).toBe('86 MB');
  expect(bytes(size).replace('\u00a0', ' ')).toBe(megabytes(size));
});

test.runIf(process.platform === 'linux')('a process has no more for itself than in all', () => {
  const { rssBytes, pssBytes = 0 } = memoryOf([process.pid]);
  expect(rssBytes / process.memoryUsage.rss()).toBeCloseTo(1, 0);
  expect(pssBytes).toBeGreaterThan(0);
  expect(pssBytes).toBeLessThanOrEqual(rssBytes * 1.1);
});

test('one that is gone leaves the rest without a PSS', () => {
  expect(memoryOf([process.pid, 2 ** 22 + 1]).pssBytes).toBeUndefined();
});

test('workers belong to their component; one that is down has none', () => {
  const components = [{ pid: 7, workerPids: [8, 9] }, { pid: 10 }, { workerPids: [] }];
  expect(allPidsOf(components as unknown as ComponentStatus[])).toEqual([7, 8, 9, 10]);
});
