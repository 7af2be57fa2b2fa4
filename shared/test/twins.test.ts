// test/twins.test.ts: monolith/<feature> and microservices/<feature> differ by architecture only,
// and every difference says why. The rule itself is in source/twin-drift.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { features } from '../contract/operation.ts';
import { root, type Source, sourceFiles } from './source/tree.ts';
import { undocumentedDrift } from './source/twin-drift.ts';

const roles = ['routes.ts', 'controller.ts', 'model.ts', 'view.ts'];

function read(path: string): Source {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** Both twins of every file of a feature that the monolith has; tests may differ freely. */
function pairsOf(feature: string): [Source, Source][] {
  return readdirSync(join(root, 'monolith', feature))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => [read(`monolith/${feature}/${name}`), read(`microservices/${feature}/${name}`)]);
}

test.each(features)('%s has the same role files in both shapes', (feature) => {
  for (const shape of ['monolith', 'microservices'])
    for (const role of roles) expect(existsSync(join(root, shape, feature, role)), role).toBe(true);
});

test.each(features)('%s differs only where a DIFFERS line says why', (feature) => {
  const drift = pairsOf(feature).flatMap(([monolith, service]) =>
    undocumentedDrift(monolith, service),
  );
  expect(drift).toEqual([]);
});

test('every DIFFERS line gives its reason and names a decision that exists', () => {
  const decisions = readdirSync(join(root, 'docs/decisions'));
  const lines = sourceFiles('.ts', '.sql')
    .filter(({ path }) => /^(monolith|microservices)\//.test(path))
    .flatMap(({ path, text }) =>
      text.split('\n').map((line, index) => ({ at: `${path}:${index + 1}`, line })),
    )
    .filter(({ line }) => /(\/\/|--) DIFFERS/.test(line));
  const wrong = lines.filter(({ line }) => {
    const [, number] = /(?:\/\/|--) DIFFERS: .{8,}, docs\/decisions\/(\d{4})$/.exec(line) ?? [];
    return number === undefined || !decisions.some((file) => file.startsWith(`${number}-`));
  });
  expect(lines.length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});

const path = 'orders/controller.ts';
const common = 'export function getOrder(id: string) {\n  return find(id);\n}\n';

/** What the rule says of two texts, given as the controllers of the monolith and of the service. */
function driftOf(monolith: string, service: string, file = path): string[] {
  return undocumentedDrift(
    { path: `monolith/${file}`, text: monolith },
    { path: `microservices/${file}`, text: service },
  );
}

test('imports, comments and layout are no difference', () => {
  const service = `import { a } from './a.ts';\n/** Reads. */\n${common.replace('{\n', '{ // why\n')}`;
  expect(driftOf(common, service)).toEqual([]);
});

test('a planted change without a DIFFERS line is caught, and excused by one', () => {
  const changed = common.replace('find(id)', 'find(id) ?? null');
  expect(driftOf(common, changed)).toEqual([expect.stringContaining('getOrder differs')]);
  const reason = '// DIFFERS: it is elsewhere, docs/decisions/0005\n';
  expect(driftOf(common, reason + changed)).toEqual([]);
  expect(driftOf(reason + common, changed)).toEqual([]);
});

test('a planted addition is caught in either twin; one line excuses a run, not what follows it', () => {
  const extra = 'export const extra = 1;\n';
  expect(driftOf(common, common + extra)).toEqual([expect.stringContaining('has extra')]);
  expect(driftOf(extra + common, common)).toEqual([expect.stringContaining('monolith/orders')]);
  const reason = '// DIFFERS: it is elsewhere, docs/decisions/0005\n';
  const more = 'const more = 2;\n';
  expect(driftOf(common, common + reason + extra + more)).toEqual([]);
  expect(driftOf(common, reason + extra + common + more)).toEqual([
    expect.stringContaining('has more'),
  ]);
});

test('exports in another order are caught', () => {
  const other = 'export const other = 1;\n';
  expect(driftOf(common + other, other + common)).toEqual([expect.stringContaining('order')]);
});

test('a planted route is caught, whatever the framework around it', () => {
  const file = 'orders/routes.ts';
  const express = "const r = Router().get('/a', handle(a, () => b())).post('/c', handle(c, d));";
  const fastify = "app.get('/a', handle(a, () => b()));\napp.post('/c', handle(c, d));";
  expect(driftOf(express, fastify, file)).toEqual([]);
  expect(driftOf(express, fastify.replace('handle(c, d)', 'handle(c, e)'), file)).toEqual([
    expect.stringContaining('post /c differs'),
  ]);
  expect(driftOf(express, `${fastify}\napp.get('/x', handle(x, y));`, file)).toEqual([
    expect.stringContaining('has get /x'),
  ]);
});
