// commands/bench.test.ts: the exit code says whether every aim was met, and every part measured.
// Run by vitest.
import { expect, test } from 'vitest';
import type { BenchResult } from '../bench/run-bench.ts';
import { codeOf } from './bench.ts';

const nothing = { comparisons: [], rates: [], cloud: [], books: undefined, page: undefined };
const result = (part: object) => ({ ...nothing, ...part }) as unknown as BenchResult;
const [counted, gone] = [{ discarded: false }, { discarded: true }];

test.each([
  ['an aim that is met', 0, { comparisons: [{ met: true }] }],
  ['an aim that is missed', 1, { comparisons: [{ met: true }, { met: false }] }],
  ['an aim that was not measured', 1, { rates: [{ met: null }] }],
  ['a part without an aim, measured', 0, { cloud: [gone, counted] }],
  ['a cloud of which no block counts', 1, { cloud: [gone, gone] }],
  ['books of which a block counts', 0, { books: { blocks: [counted] } }],
  ['books of which none does', 1, { cloud: [counted], books: { blocks: [gone] } }],
])('%s', (_what, code, part) => {
  expect(codeOf(result(part))).toBe(code);
});
