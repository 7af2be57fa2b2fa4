// targets/last-words.test.ts: which line of a log a person gets to read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastWords } from './last-words.ts';

function lastWordsOf(text: string, fromByte = 0): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-words-'));
  const log = join(folder, 'orders.log');
  writeFileSync(log, text);
  const words = lastWords(log, fromByte);
  rmSync(folder, { recursive: true });
  return words;
}

test('the last plain line is the sentence, structured lines are not', () => {
  const text = '{"msg":"starting"}\nPORT is "abc": give a number.\n{"msg":"bye"}\n';
  expect(lastWordsOf(text)).toBe('PORT is "abc": give a number.');
});

test('of an uncaught error it is the message, not the stack or the version', () => {
  const text = 'file:///server.mjs:1\nTypeError: no teapot\n    at x (y:1:2)\n\nNode.js v20.20.2\n';
  expect(lastWordsOf(text)).toBe('TypeError: no teapot');
});

test('what an earlier run said does not count', () => {
  expect(lastWordsOf('old trouble\n', 12)).toBe('');
});
