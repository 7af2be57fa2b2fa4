// live/history.test.ts: losses since a reset, and what one deed cost each shape.
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import type { Row } from '../../load/results.ts';
import { costOf, sentenceOf } from './happening.ts';
import { createHistory } from './history.ts';

const row = (feature: Row['feature'], outcome: Row['outcome']): Row => ({
  ...{ t: 0, lag: 0, ms: 5, op: 'any', status: 200 },
  feature,
  outcome,
});
const at = (atMs: number, one: Row) => ({ atMs, row: one });
const lostEverywhere = (atMs: number) =>
  [atMs, atMs + 1300].flatMap((ms) => features.map((feature) => at(ms, row(feature, 'refused'))));

function clocked() {
  let nowMs = 1_000_000;
  const history = createHistory(['monolith', 'microservices'], () => nowMs);
  const begin = (kind: 'fault' | 'deploy', title: string, ...shapes: string[]) => {
    const id = history.begin({ kind, title });
    for (const shape of shapes) history.strike(id, shape);
    return id;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { history, begin, pass, now: () => nowMs };
}

test('what was lost is counted by shape and feature, until it is counted from zero', () => {
  const { history, now } = clocked();
  history.add('monolith', [at(now(), row('orders', 'error')), at(now(), row('catalog', 'ok'))]);
  history.add('microservices', [at(now(), row('orders', 'slow'))]);
  const score = { sent: 2, lost: 1, touched: ['orders'], outageMs: null };
  expect(history.scoreOf('monolith')).toEqual(score);
  expect(history.scoreOf('microservices')).toMatchObject({ sent: 1, lost: 0, touched: [] });
  history.reset();
  expect(history.scoreOf('monolith')).toMatchObject({ sent: 0, lost: 0, touched: [] });
});

test('a deed is told while it goes on, and its words stay as they were once it is over', () => {
  const { history, begin, pass, now } = clocked();
  const id = begin('fault', 'crash in payments', 'monolith', 'microservices');
  expect(history.happenings()[0]?.sentences[0]).toBe('monolith: counting …');
  history.add('monolith', lostEverywhere(now()));
  history.add('microservices', [at(now(), row('catalog', 'ok'))]);
  const lost = 'monolith: 12 of 12 requests lost, in all 6 features, within 1.3 s.';
  const sentences = [lost, 'microservices: 0 of 1 request lost so far.'];
  const told = { id, atMs: now(), title: 'crash in payments', sentences, over: false };
  expect(history.happenings()).toEqual([told]);
  pass(2000);
  for (const shape of ['monolith', 'microservices']) history.end(id, shape);
  pass(4000);
  const over = [lost, 'microservices: 0 of 1 request lost, nobody noticed.'];
  expect(history.happenings()[0]).toMatchObject({ over: true, sentences: over });
  history.add('monolith', [at(now(), row('orders', 'error'))]);
  pass(200_000);
  expect(history.happenings()[0]?.sentences).toEqual(over);
  expect(history.scoreOf('monolith').outageMs).toBe(1300);
});

test('what is lost after it was undone in a shape belongs to another deed', () => {
  const { history, begin, pass, now } = clocked();
  const id = begin('fault', 'error in orders', 'monolith', 'microservices');
  pass(1000);
  history.end(id, 'monolith');
  pass(500);
  for (const shape of ['monolith', 'microservices'])
    history.add(shape, [at(now(), row('orders', 'error'))]);
  expect(history.happenings()[0]?.sentences).toEqual([
    'monolith: counting …',
    'microservices: 1 of 1 request lost, in orders only.',
  ]);
});

test('a secret deed is on no timeline and in no sentence', () => {
  const { history } = clocked();
  const id = history.begin({ kind: 'fault', title: 'error in reports', secret: true });
  history.strike(id, 'monolith');
  expect([history.markers(), history.happenings()]).toEqual([[], []]);
});

test('a deed is marked on every shape it was done to, as long as the timeline goes back', () => {
  const { history, begin, pass } = clocked();
  const id = begin('deploy', 'good version', 'monolith');
  pass(1000);
  history.end(id, 'monolith');
  const mark = { shape: 'monolith', kind: 'deploy', fromMs: 1_000_000, toMs: 1_001_000 };
  expect(history.markers()).toEqual([expect.objectContaining(mark)]);
  pass(181_000);
  expect(history.markers()).toEqual([]);
});

test.each([
  [[], 'nobody asked for anything'],
  [[row('orders', 'ok')], '0 of 1 request lost, nobody noticed.'],
  [[row('orders', 'slow'), row('orders', 'ok')], '0 of 2 requests lost; 1 too slow.'],
  [[row('orders', 'error'), row('catalog', 'ok')], '1 of 2 requests lost, in orders only.'],
  [
    [row('orders', 'error'), row('catalog', 'hung')],
    '2 of 2 requests lost, in catalog and orders only.',
  ],
])('of %o it is said: %s', (rows, words) => {
  const cost = costOf(rows.map((one) => at(1, one)));
  expect(sentenceOf('shape', cost)).toContain(words);
});
