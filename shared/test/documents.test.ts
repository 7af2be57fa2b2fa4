// test/documents.test.ts: every link, anchor, command and path that a document names exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  anchorsOf,
  brokenLinks,
  type Repository,
  unknownPaths,
  unknownScripts,
} from './source/documents.ts';
import { root, sourceFiles } from './source/tree.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const repository: Repository = {
  exists: (path) => existsSync(join(root, path)),
  read,
  scripts: Object.keys(JSON.parse(read('package.json')).scripts),
};
const documents = sourceFiles('.md');
const checks = [
  ['link', brokenLinks, '[gone](docs/gone.md)'],
  ['anchor', brokenLinks, '# Here\n[gone](#there)'],
  ['npm script', unknownScripts, 'Run `npm run gone`.'],
  ['path', unknownPaths, 'See `shared/gone.ts`.'],
] as const;

test.each(checks)('every %s in a document leads somewhere', (_, check) => {
  expect(documents.length).toBeGreaterThan(5);
  expect(documents.flatMap((document) => check(document, repository))).toEqual([]);
});

test.each(checks)('a planted %s that leads nowhere is caught', (_, check, text) => {
  expect(check({ path: 'README.md', text }, repository)).toHaveLength(1);
});

test('what exists is not complained about', () => {
  const text =
    '# One: `npm start`\n[x](docs/) [y](#one-npm-start) [z](https://a.b/c) `npm run compare` ' +
    '`npm test` `shared/domain/order.ts` `monolith/<feature>/model.ts`';
  for (const [, check] of checks)
    expect(
      check(
        { path: 'README.md', text },
        {
          ...repository,
          read: () => text,
        },
      ),
    ).toEqual([]);
  expect(anchorsOf('## What `npm start` does, and why')).toEqual(['what-npm-start-does-and-why']);
});
