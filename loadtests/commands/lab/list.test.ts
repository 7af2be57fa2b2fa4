// commands/lab/list.test.ts: the table of experiments, and where "how long" comes from.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Experiment } from '../../lab/experiment.ts';
import type { LabResult } from '../../lab/result.ts';
import { goodResult } from '../../screen/fixtures/lab-results.ts';
import { listText } from './list.ts';
import { lastRuns } from './past-runs.ts';

const { definition } = goodResult;
const known = [{ definition, targets: ['monolith', 'microservices'] }] as unknown as Experiment[];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-results-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function store(path: string, ...results: unknown[]): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, 'result.json'), JSON.stringify({ schemaVersion: 2, results }));
}

function resultAt(startedAt: string, minutes: number, change: Partial<LabResult> = {}): LabResult {
  const finishedAt = new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
  const block = { order: [], samples: [], otherCpuRatio: null, discarded: [] };
  const blocks = Array.from({ length: 6 }, (_, index) => ({ index, ...block }));
  return { ...goodResult, startedAt, finishedAt, blocks, ...change };
}

test('an experiment is one line, with what it needs', () => {
  expect(listText(known, new Map()).split('\n')[1]).toMatch(
    /^E4 +blast-radius +Blast radius +monolith,microservices +2\/10\/20 +not run here yet$/,
  );
  expect(listText([], new Map())).toBe('There are no experiments yet.');
});

test('how long it takes is that of its newest whole run', async () => {
  store('first', resultAt('2026-11-01T10:00:00.000Z', 9));
  const other = { ...definition, id: 'hop' };
  const second = resultAt('2026-11-02T10:04:00.000Z', 90, { definition: other });
  store('several', resultAt('2026-11-02T10:00:00.000Z', 4), second);
  store('stopped', resultAt('2026-11-03T10:00:00.000Z', 1, { partial: true }));
  expect(listText(known, await lastRuns(folder))).toContain('4 min for 6 blocks');
});

test('other files and a folder that is missing are passed over', async () => {
  store('damaged', {});
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old/result.json'), '{"schemaVersion":1}');
  writeFileSync(join(folder, 'a-file'), '{');
  expect(await lastRuns(folder)).toEqual(new Map());
  expect(await lastRuns(join(folder, 'missing'))).toEqual(new Map());
});
