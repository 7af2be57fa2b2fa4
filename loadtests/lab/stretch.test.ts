// lab/stretch.test.ts: which rows a stretch counts and what becomes of them, with rows made by hand.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../load/outcome.ts';
import { openRows, type Row } from '../load/results.ts';
import { rowsBetween, tallied, until } from './stretch.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-stretch-'));
});
afterAll(() => rm(folder, { recursive: true }));

const row = (t: number, change: Partial<Row> = {}): Row => ({
  ...{ t, lag: 0, ms: 10, op: 'getProduct', feature: 'catalog', outcome: 'ok', status: 200 },
  ...change,
});

async function fileOf(name: string, rows: readonly Row[]): Promise<string> {
  const file = join(folder, name);
  const writer = openRows(file);
  for (const one of rows) writer.write(one);
  await writer.close();
  return file;
}

describe('the rows of a stretch', () => {
  test('begin with its first instant and end before its last', async () => {
    const file = await fileOf(
      'ends',
      [99.999, 100, 150, 199.999, 200].map((t) => row(t)),
    );
    const times = (await rowsBetween(file, 100, 200)).map(({ t }) => t);
    expect(times).toEqual([100, 150, 199.999]);
  });

  test('are chosen by when they were meant to leave, not by when they left or ended', async () => {
    const late = row(199, { lag: 50, ms: 900 });
    const early = row(99, { lag: 5, ms: 50 });
    const file = await fileOf('late', [early, late]);
    expect(await rowsBetween(file, 100, 200)).toEqual([late]);
  });

  test('stay in the order of the file, which is that of their ends', async () => {
    const file = await fileOf('order', [row(130), row(110), row(120)]);
    expect((await rowsBetween(file, 0, 1000)).map(({ t }) => t)).toEqual([130, 110, 120]);
  });

  test('are none of a file that has none', async () => {
    expect(await rowsBetween(await fileOf('empty', []), 0, 1000)).toEqual([]);
  });
});

describe('the tally of rows', () => {
  const of = (outcomes: readonly Outcome[]) =>
    tallied(outcomes.map((outcome) => row(0, { outcome })));

  test('counts what was never sent as well, each by its outcome', () => {
    const { sent, outcomes } = of(['ok', 'ok', 'slow', 'error', 'hung', 'dropped']);
    expect(sent).toBe(6);
    expect(outcomes).toMatchObject({ ok: 2, slow: 1, error: 1, hung: 1, dropped: 1, wrong: 0 });
  });

  test('has the latency of good answers only', () => {
    const fastFailures = Array.from({ length: 9 }, () => row(0, { ms: 1, outcome: 'refused' }));
    const { latency } = tallied([...fastFailures, row(0, { ms: 40 })]);
    // Percentiles are right to 1 %.
    expect(latency?.latencyMsP50).toBeCloseTo(40, 0);
    expect(tallied(fastFailures).latency).toBeNull();
  });

  test('of nothing is nothing', () => {
    expect(tallied([])).toMatchObject({ sent: 0, latency: null });
  });
});

test('a wait ends at once where its time is over, and with an error where the run is aborted', async () => {
  await until(0, new AbortController().signal);
  const aborted = AbortSignal.abort();
  await expect(until(Number.MAX_SAFE_INTEGER, aborted)).rejects.toThrow('aborted');
});
