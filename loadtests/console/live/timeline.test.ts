// live/timeline.test.ts: rows as seconds, those that changed, and no more than two minutes of them.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Row } from '../../load/results.ts';
import { tailRows } from './row-tail.ts';
import { createTimeline } from './timeline.ts';

const row = (ms: number, outcome: Row['outcome'] = 'ok'): Row => ({
  ...{ t: 0, lag: 0, op: 'placeOrder', feature: 'orders', status: 201 },
  ms,
  outcome,
});

test('a second has counts and the latency of what was answered well', () => {
  const timeline = createTimeline('monolith');
  for (const ms of [4, 2, 3, 1]) timeline.add(row(ms), 10_200);
  timeline.add(row(900, 'refused'), 10_900);
  timeline.add(row(7), 11_000);
  expect(timeline.all()).toEqual([
    {
      ...{ shape: 'monolith', atMs: 10_000 },
      features: { orders: { outcomes: { ok: 4, refused: 1 }, p50: 2, p99: 4 } },
    },
    {
      ...{ shape: 'monolith', atMs: 11_000 },
      features: { orders: { outcomes: { ok: 1 }, p50: 7, p99: 7 } },
    },
  ]);
});

test('only what changed is told again', () => {
  const timeline = createTimeline('monolith');
  timeline.add(row(1), 10_000);
  timeline.add(row(1), 11_000);
  expect(timeline.takeChanged().map(({ atMs }) => atMs)).toEqual([10_000, 11_000]);
  expect(timeline.takeChanged()).toEqual([]);
  timeline.add(row(2), 10_500);
  expect(timeline.takeChanged()).toMatchObject([
    { atMs: 10_000, features: { orders: { outcomes: { ok: 2 } } } },
  ]);
});

test('what is older than two minutes is forgotten', () => {
  const timeline = createTimeline('monolith');
  for (let second = 0; second < 300; second += 1) timeline.add(row(1), second * 1000);
  expect(timeline.all()).toHaveLength(121);
  expect(timeline.all()[0]?.atMs).toBe(179_000);
});

test('a file of rows is followed line by line, also from before it is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-tail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'rows.jsonl');
  const tail = tailRows(file);
  expect(tail.take()).toEqual([]);
  const [first, second] = [row(1), row(2)].map((one) => JSON.stringify(one));
  appendFileSync(file, `${first}\n${second?.slice(0, 20)}`);
  expect(tail.take()).toEqual([row(1)]);
  appendFileSync(file, `${second?.slice(20)}\n`);
  expect(tail.take()).toEqual([row(2)]);
  expect(tail.take()).toEqual([]);
});
