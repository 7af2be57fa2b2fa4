// lab/run-experiments.test.ts: experiments one after the other: what one finds, another cannot lose.
// The experiments bring neither servers nor load, so the real runner takes a moment only.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { CannotStart } from '../targets/cannot-start.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import { type Definition, strictGate } from './definition.ts';
import type { Experiment } from './experiment.ts';
import { doubtAbout } from './headroom.ts';
import type { Changes } from './run-experiment.ts';
import { runExperiments } from './run-experiments.ts';
import { silentWatcher } from './watcher.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function experimentOf(code: string, change: Partial<Experiment> = {}): Experiment {
  const definition: Definition = {
    id: `made-up-${code.toLowerCase()}`,
    code,
    title: 'Made up',
    question: 'Is it?',
    prediction: 'It is.',
    varies: ['nothing'],
    measures: ['a cost'],
    control: 'none',
    refutedBy: 'anything',
    doesNotShow: ['much'],
    metrics: { cost: { label: 'cost', unit: 'µs', better: 'lower' } },
    hypotheses: [],
    workload: {
      scenario: 'mixed',
      rateRps: 100,
      arrivals: 'constant',
      deadlineMs: 1000,
      sloMs: 500,
    },
    phases: { steadyMs: 600, holdMs: 1000, settleMs: 500 },
    gate: { ...strictGate, otherCpuRatio: 1 },
    blocks: { quick: 1, standard: 6, full: 10 },
  };
  return {
    definition,
    targets: [],
    async prepare() {
      return [{ name: 'a', measure: async () => [{ arm: 'a', metrics: { cost: 1 }, doubts: [] }] }];
    },
    figures: () => [],
    sentence: () => `${code} was measured.`,
    ...change,
  };
}

const failing = experimentOf('E98', { prepare: () => Promise.reject(new Error('No such thing.')) });

async function run(
  known: readonly Experiment[],
  changes: Changes = {},
  order: Partial<Parameters<typeof runExperiments>[0]> = {},
) {
  const notes: string[] = [];
  const kept: (readonly string[])[] = [];
  const ran = await runExperiments(
    {
      ids: known.map(({ definition }) => definition.id),
      name: 'made-up',
      size: 'quick',
      seed: 1,
      portBase: 21_000,
      signal: new AbortController().signal,
      watcher: { ...silentWatcher, note: (sentence) => notes.push(sentence) },
      command: 'none',
      changes,
      ...order,
      async keep(folder, results) {
        folders.push(folder);
        kept.push(results.map(({ definition }) => definition.code));
      },
    },
    known,
  );
  return { ...ran, notes, kept };
}

test('an experiment that fails is named; those before and after it are kept', async () => {
  const ran = await run([experimentOf('E97'), failing, experimentOf('E99')]);
  expect(ran.results.map(({ evaluation }) => evaluation.sentence)).toEqual([
    'E97 was measured.',
    'E99 was measured.',
  ]);
  expect(ran.kept).toEqual([['E97'], ['E97', 'E99']]);
  expect(ran.failures).toEqual(['E98: No such thing.']);
  expect(existsSync(ran.folder)).toBe(true);
});

test('where none comes to a result its own error is thrown', async () => {
  await expect(run([failing])).rejects.toThrow('No such thing.');
});

test('Ctrl-C while what all blocks share is made says that there is no result', async () => {
  const stopping = new AbortController();
  const slow = experimentOf('E96', {
    async prepare({ signal }) {
      stopping.abort(new CannotStart('Stopped before anything was measured.'));
      await sleep(60_000, undefined, { signal });
      return [];
    },
  });
  const running = run([slow], {}, { signal: stopping.signal });
  await expect(running).rejects.toThrow(new CannotStart('Stopped before anything was measured.'));
});

test('an arm that always fails leaves a result that is not valid and says why', async () => {
  const broken = experimentOf('E96', {
    prepare: async () => [{ name: 'b', measure: () => Promise.reject(new Error('It is gone.')) }],
    derive: () => expect.unreachable('nothing may be derived from half a block'),
    figures: () => expect.unreachable('there is nothing to draw'),
  });
  const { results, failures } = await run([broken]);
  expect(failures).toEqual([]);
  expect(results[0]?.evaluation).toMatchObject({
    valid: false,
    sentence: 'No block could be measured to its end.',
    reasons: ['Only 0 of 1 blocks could be accepted. Most often: b failed: It is gone.'],
  });
});

test('a changed rate is stored where it is taken, and refused with a note where it is not', async () => {
  const taking = experimentOf('E94', { takes: ['rate', 'duration'] });
  const ran = await run([taking, experimentOf('E95')], { rateRps: 250, holdMs: 3000 });
  const stored = ran.results.map(({ definition: { workload, phases } }) => [
    workload?.rateRps,
    phases?.holdMs,
  ]);
  expect(stored).toEqual([
    [250, 3000],
    [100, 1000],
  ]);
  expect(ran.notes).toEqual([
    '--rate does not apply to made-up-e95, which keeps its own.',
    '--duration does not apply to made-up-e95, which keeps its own.',
  ]);
});

test('targets of an experiment that has servers of its own are refused with a note', async () => {
  const { notes } = await run([experimentOf('E93')], {}, { targets: ['monolith'] });
  expect(notes).toEqual(['--targets does not apply to made-up-e93: it has servers of its own.']);
});

test('functions in containers are refused before there is a folder', async () => {
  const platform = { name: 'compose', start: () => expect.unreachable() } as const;
  const order = { name: 'refused-order', platform, targets: ['serverless'] };
  const asked = run([experimentOf('E92')], {}, order);
  await expect(asked).rejects.toThrow('serverless does not run in containers');
  const folders = readdirSync(join(repoRoot, 'results'));
  expect(folders.filter((folder) => folder.includes('refused-order'))).toEqual([]);
});

/** As one whose servers have room for so many requests a second. */
const heavy = (room: number, code = 'E97') => {
  const sent: number[] = [];
  const experiment = experimentOf(code, {
    takes: ['rate'],
    async prepare(lab) {
      const rateRps = lab.definition.workload?.rateRps ?? 0;
      const measure = async ({ index }: { index: number }) => {
        sent.push(rateRps);
        const busyRatio = Math.min(1, (0.7 * rateRps) / room);
        const doubts = doubtAbout(busyRatio, rateRps, index === 0 && lab.mayLowerRate);
        return [{ arm: 'a', metrics: { cost: 1 }, doubts }];
      };
      return [{ name: 'a', measure }];
    },
  });
  return { sent, experiment };
};

test('a machine too slow for the rate of an experiment is given less, and it is told', async () => {
  const { sent, experiment } = heavy(50);
  const { results, notes } = await run([experiment]);
  expect(sent).toEqual([100, 50]);
  expect(notes.join()).toContain('beginning again with 50 requests a second.');
  expect(results[0]?.definition.workload?.rateRps).toBe(50);
  const kept =
    'Run at 50 requests a second, not at its own 100: this machine has no room for more.';
  expect(results[0]?.evaluation.reasons).toContain(kept);
  expect(results[0]?.evaluation.valid).toBe(true);
  expect(results[0]?.blocks.map(({ discarded }) => discarded)).toEqual([[]]);
});

test('a first look that finds no room costs no block', async () => {
  const { sent, experiment } = heavy(50);
  const prepare: typeof experiment.prepare = async (lab) => {
    doubtAbout((lab.definition.workload?.rateRps ?? 0) / 100, 100, lab.mayLowerRate);
    return experiment.prepare(lab);
  };
  const { results } = await run([{ ...experiment, prepare }]);
  expect(sent).toEqual([50]);
  expect(results[0]?.evaluation.valid).toBe(true);
});

test('where half as much is too much as well, it is given less again', async () => {
  const { sent, experiment } = heavy(42);
  const { results } = await run([experiment]);
  expect(sent).toEqual([100, 50, 40]);
  expect(results[0]?.blocks.map(({ discarded }) => discarded)).toEqual([[]]);
});

test('what one experiment had room for, the next one begins with', async () => {
  const [first, next, own] = [
    heavy(50),
    heavy(50, 'E96'),
    experimentOf('E95', { takes: ['rate'] }),
  ];
  const { results, notes } = await run([first.experiment, next.experiment, own]);
  expect([first.sent, next.sent]).toEqual([[100, 50], [50]]);
  expect(results.map(({ definition }) => definition.workload?.rateRps)).toEqual([50, 50, 50]);
  expect(notes.filter((note) => note.includes('beginning again'))).toHaveLength(1);
});

test('below the least that shows anything its blocks are discarded', async () => {
  const { sent, experiment } = heavy(20);
  const { results } = await run([experiment]);
  expect([...new Set(sent)]).toEqual([100, 50, 40]);
  expect(results[0]?.blocks[0]?.discarded.join()).toContain('has no room');
});

test('a rate that somebody asked for is kept, and its blocks are discarded', async () => {
  const { sent, experiment } = heavy(50);
  const { results } = await run([experiment], { rateRps: 100 });
  expect(new Set(sent)).toEqual(new Set([100]));
  expect(results[0]?.blocks[0]?.discarded.join()).toContain('Try --rate 50.');
});
