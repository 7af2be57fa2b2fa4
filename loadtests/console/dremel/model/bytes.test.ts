// model/bytes.test.ts: what a choice of columns reads of files by row and by column.
import { expect, test } from 'vitest';
import { bytesRead, medianOf, presetOf } from './bytes.ts';
import type { Lesson, StoredFile } from './lesson.ts';

const rows: StoredFile = {
  ...{ name: 'rows', about: '', bytes: 900, alwaysBytes: 900, columns: {} },
};
const columns: StoredFile = {
  ...{ name: 'columns', about: '', bytes: 160, alwaysBytes: 10, columns: { id: 100, cents: 50 } },
};

test('rows are read whole, whatever is asked', () => {
  expect(bytesRead(rows, ['id'])).toBe(900);
  expect(bytesRead(rows, ['id', 'cents'])).toBe(900);
});

test('of columns those asked for are read, and what says where they lie', () => {
  expect(bytesRead(columns, ['cents'])).toBe(60);
  expect(bytesRead(columns, ['cents', 'id'])).toBe(columns.bytes);
});

test('who asks for nothing reads nothing', () => {
  expect([rows, columns].map((file) => bytesRead(file, []))).toEqual([0, 0]);
});

test('a column that is not there is named', () => {
  expect(() => bytesRead(columns, ['price'])).toThrow('columns has no column "price".');
});

test('a choice is a preset in whatever order, and not when a field is missing or too many', () => {
  const presets = [{ name: 'both', paths: ['id', 'cents'] }];
  const lesson = { presets } as unknown as Lesson;
  expect(presetOf(lesson, ['cents', 'id'])?.name).toBe('both');
  expect(presetOf(lesson, ['cents'])).toBeUndefined();
  expect(presetOf(lesson, ['cents', 'id', 'name'])).toBeUndefined();
});

test('of three times the middle one counts', () => {
  expect(medianOf({ how: '', preset: '', ms: [30, 9, 10] })).toBe(10);
});
