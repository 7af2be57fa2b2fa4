// live/lab-runs.test.ts: an experiment from the page: its lines, its end, a stop; turns do not overlap.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLabRuns, pastResults } from './lab-runs.ts';
import { createTurns } from './turns.ts';

/** A lab that does what `script` does. */
function labOf(script: string) {
  const root = mkdtempSync(join(tmpdir(), 'lab-runs-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const file = join(root, 'lab.mjs');
  writeFileSync(file, script);
  return { root, runs: createLabRuns(3000, root, [process.execPath, file]) };
}

test('a run shows its last lines, and the report that it has made', async () => {
  const { runs } = labOf(`
    import { mkdirSync, writeFileSync } from 'node:fs';
    const folder = 'results/' + new Date().toISOString().slice(0, 19).replaceAll(':', '-') + '-hop-cost';
    mkdirSync(folder, { recursive: true });
    writeFileSync(folder + '/report.html', '');
    console.log(process.argv.slice(2).join(' '));`);
  expect(runs.start('hop-cost')).toEqual([]);
  expect(runs.start('hop-cost')).toEqual([expect.stringContaining('is running')]);
  await expect.poll(() => runs.now?.state).toBe('done');
  expect(runs.now?.lines).toEqual(['lab run hop-cost --quick --port-base 13000']);
  expect(runs.now?.report).toMatch(/-hop-cost$/);
});

test('one that is stopped is told so once, and may finish what it does', async () => {
  const { runs } = labOf(`
    process.on('SIGINT', () => { console.log('stopping'); clearInterval(timer); process.exitCode = 3; });
    const timer = setInterval(() => {}, 1000);
    console.log('begun');`);
  runs.start('hop-cost');
  await expect.poll(() => runs.now?.lines).toEqual(['begun']);
  await runs.stop();
  expect(runs.now).toMatchObject({ lines: ['begun', 'stopping'], state: 'failed', report: null });
});

test('a program that is not there fails the run and nothing else', async () => {
  const runs = createLabRuns(3000, tmpdir(), ['/nowhere/node']);
  runs.start('hop-cost');
  await expect.poll(() => runs.now?.state).toBe('failed');
  expect(runs.now?.lines.join()).toContain('ENOENT');
});

test('past results are folders with a report, the newest first', () => {
  const { root } = labOf('');
  for (const name of ['2026-11-29T10-00-00-compare', '2026-11-30T10-00-00-hop-cost', 'console'])
    mkdirSync(join(root, 'results', name), { recursive: true });
  writeFileSync(join(root, 'results/2026-11-29T10-00-00-compare/report.html'), '');
  expect(pastResults(join(root, 'results'))).toEqual(['2026-11-29T10-00-00-compare']);
  expect(pastResults(join(root, 'nowhere'))).toEqual([]);
});

test('turns come one after the other, also after one that failed, and none after the end', async () => {
  const turns = createTurns();
  const done: string[] = [];
  const slow = (name: string) => async () => {
    done.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    done.push(`${name} ends`);
  };
  const failed = turns.take(() => Promise.reject(new Error('no')));
  const [first, second] = [turns.take(slow('first')), turns.take(slow('second'))];
  await expect(failed).rejects.toThrow('no');
  const closed = turns.close();
  await Promise.allSettled([first, second, closed]);
  expect(done.slice(0, 2)).toEqual(['first begins', 'first ends']);
  await expect(turns.take(slow('third'))).rejects.toThrow('being stopped');
});
