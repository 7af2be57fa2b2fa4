// test/architecture.test.ts: holds every source file to the house rules, and each rule to a planted fault.
// Run by `npm run check`; the rules themselves are in source/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  deployableRule,
  endingRule,
  environmentRule,
  frameworkRule,
  migrationRule,
  pureRule,
  sharedRule,
  sqlRule,
  undiciRule,
} from './source/boundaries.ts';
import {
  barrelRule,
  commentLines,
  exportRule,
  functionRule,
  functionSizes,
  headerRule,
  lineCount,
  type Rule,
  sizeRule,
  widthRule,
} from './source/rules.ts';
import { root, type Source, sourceFiles } from './source/tree.ts';

const sources = sourceFiles('.ts', '.tsx', '.mjs').filter(({ path }) => !path.endsWith('.d.ts'));
const header = '// x.ts: a file.\n// Called by a test.\n';

/** Each rule with a file that breaks it; the text follows a proper header. */
const rules: [sentence: string, rule: Rule, path: string, fault: string][] = [
  ['a file has at most 200 lines, a test 300', sizeRule, 'a/x.ts', 'f();\n'.repeat(199)],
  ['a comment has at most 110 columns', widthRule, 'a/x.ts', `// ${'x'.repeat(108)}`],
  [
    'a function has at most 40 lines of its own, a test 60',
    functionRule,
    'a/x.ts',
    `const f = () => {\n${'g();\n'.repeat(39)}};`,
  ],
  ['a header says what a file is and who calls it', headerRule, 'a/x.ts', ''],
  ['every export has a name', exportRule, 'a/x.ts', 'export default 1;'],
  ['no file only passes on what others export', barrelRule, 'a/index.ts', ''],
  [
    'controller, model, view and shared/ import no framework',
    frameworkRule,
    'monolith/orders/model.ts',
    `import express from 'express';`,
  ],
  [
    'a zip carries the parts of undici that it uses',
    undiciRule,
    'shared/runtime/x.ts',
    `import { type Dispatcher, Pool } from 'undici';`,
  ],
  ['a relative import names the file with its ending', endingRule, 'a/x.ts', `import './y';`],
  [
    'a deployable imports shared/ and itself only',
    deployableRule,
    'microservices/orders/model.ts',
    `import type { Row } from '../payments/model.ts';`,
  ],
  [
    'shared/ imports nothing but itself',
    sharedRule,
    'shared/domain/x.ts',
    `export { a } from '../../monolith/app.ts';`,
  ],
  ['contract and domain do no I/O', pureRule, 'shared/domain/x.ts', `await import('node:fs');`],
  [
    'only config.ts reads the environment',
    environmentRule,
    'monolith/app.ts',
    'const { PORT } = process.env;',
  ],
  ['routes write no SQL', sqlRule, 'monolith/orders/routes.ts', "db.all('SELECT 1 FROM orders');"],
];

test.each(rules)('%s', (_, rule) => {
  expect(sources.flatMap(rule)).toEqual([]);
});

test.each(rules)('a planted fault is caught: %s', (_, rule, path, fault) => {
  const planted: Source = { path, text: rule === headerRule ? 'f();' : header + fault };
  expect(rule(planted)).toEqual([expect.stringContaining(path)]);
});

test('SQL outside the models stands in numbered migrations', () => {
  const files = sourceFiles('.sql');
  expect(files.length).toBeGreaterThan(6);
  expect(files.flatMap(migrationRule)).toEqual([]);
  const path = 'monolith/schema.sql';
  expect(migrationRule({ path, text: '' })).toEqual([expect.stringContaining(path)]);
});

test('a plain file keeps every rule', () => {
  const plain: Source = { path: 'monolith/x.ts', text: `${header}export const one = 1;\n` };
  expect(rules.flatMap(([, rule]) => rule(plain))).toEqual([]);
});

test('most files are short, and about a tenth of their lines say why', () => {
  const ours = sources.filter(({ path }) => !/\.(test|contract)\.ts$/.test(path));
  const sizes = ours.map(({ text }) => lineCount(text));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const share = ours.reduce((sum, source) => sum + commentLines(source), 0) / all;
  const functions = median(ours.flatMap(functionSizes));
  console.log(
    `${ours.length} files, median ${median(sizes)} lines; functions: median ${functions} lines; ` +
      `comments: ${(share * 100).toFixed(1)} % of ${all} lines`,
  );
  expect(median(sizes)).toBeLessThan(80);
  expect(share).toBeGreaterThan(0.06);
  expect(share).toBeLessThan(0.22);
});

test('the lock file holds the packages of every platform, or npm ci would refuse it', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  type Entry = { optionalDependencies?: Record<string, string> };
  const missing = Object.entries<Entry>(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !packages[`node_modules/${name}`])
      .filter((name) => !packages[`${path}/node_modules/${name}`]),
  );
  expect(missing).toEqual([]);
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
