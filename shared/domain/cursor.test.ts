// domain/cursor.test.ts: a cursor comes back as it went out, or is refused.
// Run by vitest.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

const ids = fc.stringMatching(/^ord_[0-9A-Z]{26}$/);
const badCursor = expect.objectContaining({ status: 400, code: 'BAD_CURSOR' });

test('what was encoded is decoded, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        ids,
        fc.string({ unit: fc.constantFrom('a', '.', 'é', '茶', '🫖', '\0', '\ufeff') }),
      ),
      (id) => {
        expect(decodeCursor(encodeCursor(id))).toBe(id);
      },
    ),
  );
});

test('a cursor needs no escaping in a URL and fits the contract’s 200 characters', () => {
  const longestId = `ord_${'Z'.repeat(40)}`;
  expect(encodeCursor(longestId)).toMatch(/^[A-Za-z0-9_-]{1,200}$/);
});

test('a cursor with one character changed is refused', () => {
  const letters = fc.constantFrom(...'ABCXYZabcxyz0189-_');
  fc.assert(
    fc.property(ids, fc.nat(), letters, (id, nth, letter) => {
      const cursor = encodeCursor(id);
      const at = nth % cursor.length;
      fc.pre(cursor[at] !== letter);
      const changed = cursor.slice(0, at) + letter + cursor.slice(at + 1);
      expect(() => decodeCursor(changed)).toThrow(badCursor);
    }),
  );
});

test('a cursor that was cut short is refused', () => {
  fc.assert(
    fc.property(ids, fc.nat(), (id, nth) => {
      const cursor = encodeCursor(id);
      expect(() => decodeCursor(cursor.slice(0, nth % cursor.length))).toThrow(badCursor);
    }),
  );
});

test('characters that base64url decoders skip are refused', () => {
  const cursor = encodeCursor('ord_1');
  for (const changed of [`${cursor}=`, ` ${cursor}`, `${cursor}\n`, `${cursor}%00`])
    expect(() => decodeCursor(changed)).toThrow(badCursor);
});

test('a text that nobody encoded is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(text)).toThrow(badCursor);
    }),
  );
});

test('an id alone in base64url, or a cursor of another version, is refused', () => {
  const inside = Buffer.from(encodeCursor('ord_1'), 'base64url').toString();
  expect(inside).toMatch(/^1\.[0-9a-f]{8}\.ord_1$/);
  for (const text of ['ord_1', inside.replace(/^1/, '2')])
    expect(() => decodeCursor(Buffer.from(text).toString('base64url'))).toThrow(badCursor);
});
