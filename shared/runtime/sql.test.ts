// runtime/sql.test.ts: the pieces of SQL text that depend on how many values there are.
// Run by vitest.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains, placeholders, tuples } from './sql.ts';

test('placeholders count from 1, or from where they are told', () => {
  expect(placeholders(3)).toBe('$1, $2, $3');
  expect(placeholders(2, 5)).toBe('$5, $6');
  expect(placeholders(0)).toBe('');
});

test('tuples never use a placeholder twice', () => {
  expect(tuples(2, 3)).toBe('($1, $2, $3), ($4, $5, $6)');
  expect(tuples(1, 1)).toBe('($1)');
});

test('a pattern finds its text wherever it is, and nothing by a wildcard in it', () => {
  expect(contains('100%_\\')).toBe('%100\\%\\_\\\\%');
  expect(contains('Teapot')).toBe('%teapot%');
  fc.assert(
    fc.property(fc.string(), (text) => {
      const inner = contains(text).slice(1, -1);
      expect(inner.replace(/\\([\\%_])/g, '$1')).toBe(text.toLowerCase());
      expect(inner.replace(/\\[\\%_]/g, '')).not.toMatch(/[%_\\]/);
    }),
  );
});
