// sdk/files.test.ts: a folder becomes an SDK whole or not at all, and nobody's files are lost.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refuseForeign, sdkNames, writeWhole } from './files.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sdk-files-'));
  folder = join(root, 'below', 'sdk');
});
afterEach(() => rmSync(root, { recursive: true }));

const files = (text: string) =>
  Object.fromEntries(
    sdkNames.map((name) => [name, name === 'package.json' ? '{"name":"shop-sdk"}' : text]),
  );

test('an SDK replaces the one before, and leaves nothing beside it', () => {
  writeWhole(folder, files('old'));
  refuseForeign(folder);
  writeWhole(folder, files('new'));
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual([...sdkNames]);
  expect(readdirSync(join(root, 'below'))).toEqual(['sdk']);
});

test('one that cannot be written to the end leaves the one before as it was', () => {
  writeWhole(folder, files('old'));
  expect(() => writeWhole(folder, { ...files('new'), 'no/such/folder': '' })).toThrow('ENOENT');
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('old');
  expect(readdirSync(join(root, 'below'))).toEqual(['sdk']);
});

test('a folder that is empty or not there may be taken', () => {
  refuseForeign(folder);
  mkdirSync(folder, { recursive: true });
  refuseForeign(folder);
});

test.each([
  ['somebody’s file', 'thesis.txt', '', /holds thesis\.txt, which is no part of an SDK/],
  ['another package', 'package.json', '{"name":"thesis"}', /is not empty and holds no SDK/],
  ['a README alone', 'README.md', '# Thesis', /is not empty and holds no SDK/],
])('a folder with %s is refused and left alone', (_, name, text, sentence) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  expect(() => refuseForeign(folder)).toThrow(sentence);
  expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
});

test('an SDK with a file of somebody’s in it is refused too', () => {
  writeWhole(folder, { ...files('old'), 'app.mjs': '' });
  expect(() => refuseForeign(folder)).toThrow('holds app.mjs');
});

test('a file is no folder', () => {
  writeFileSync(join(root, 'sdk'), '');
  expect(() => refuseForeign(join(root, 'sdk'))).toThrow('is a file: name a folder.');
});
