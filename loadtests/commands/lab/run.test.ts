// commands/lab/run.test.ts: what `lab -- run` asks the runner for, and what Ctrl-C makes of it.
// The runner is made up; the command runs in a process of its own, as it would for a person.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repoRoot } from '../../targets/lab-folders.ts';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-run-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const untilAborted = "await new Promise((end) => order.signal.addEventListener('abort', end));";

/** @param body of the made-up runner: tells the order, and may wait */
function startRun(args: readonly string[], body = '', failures: readonly string[] = []) {
  const at = (path: string) => JSON.stringify(join(repoRoot, 'loadtests', path));
  const script = join(folder, 'run.mts');
  writeFileSync(
    script,
    `import { main } from ${at('commands/lab/run.ts')};
    import { goodResult } from ${at('screen/fixtures/lab-results.ts')};
    const { definition } = goodResult;
    process.exitCode = await main(${JSON.stringify(args)}, {
      experiments: [{ definition }],
      async runExperiments({ watcher, ...order }) {
        watcher.begin(definition, 2);
        console.error(JSON.stringify(order));
        setInterval(() => {}, 1e6).unref();
        const timer = setInterval(() => {}, 1e6);
        ${body}
        clearInterval(timer);
        const partial = order.signal.aborted;
        const folder = ${JSON.stringify(folder)};
        const failures = ${JSON.stringify(failures)};
        const results = [{ ...goodResult, partial }];
        await order.keep(folder, results);
        return { results, folder, failures };
      },
    });
    process.exit();`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: repoRoot,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, LAB_PORT_BASE: '16500' },
  });
  children.push(child);
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, printed, ended };
}

function orderIn(text: string): Record<string, unknown> {
  return JSON.parse(text.split('\n').find((line) => line.startsWith('{')) ?? '{}');
}

async function untilSaid(printed: { err: string }, words: string): Promise<void> {
  await expect.poll(() => printed.err, { timeout: 20_000 }).toContain(words);
}

test('the flags become the order; the verdict goes to stdout, the progress to stderr', async () => {
  const args = [
    'e4',
    'BLAST-radius',
    '--quick',
    '--blocks',
    '3',
    '--seed',
    '7',
    '--targets',
    'a, b',
  ];
  const { printed, ended } = startRun(args);
  expect(await ended).toBe(0);
  expect(orderIn(printed.err)).toMatchObject({
    ids: ['blast-radius'],
    targets: ['a', 'b'],
    size: 'quick',
    seed: 7,
    blocks: 3,
    portBase: 16_500,
    command: expect.stringContaining('npm run lab -- run e4'),
  });
  expect(printed.err).toContain('E4 Blast radius: 2 blocks');
  expect(printed.out).toMatch(/^\nOne crash of payments touched/);
  expect(printed.out).toContain('report.html');
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['report.md', 'result.json']));
  expect(printed.out).toContain('Exit code 0');
});

test('an experiment that fails is named, and what the others found is kept', async () => {
  const { printed, ended } = startRun(['E4'], '', ['E7: catalog cannot start: no zip.']);
  expect(await ended).toBe(2);
  expect(printed.out).toContain('✗ E7: catalog cannot start: no zip.');
  expect(printed.out).toContain('Exit code 2: an experiment could not be run');
  expect(printed.out).toMatch(/^\nOne crash of payments touched/);
  expect(readdirSync(folder)).toContain('result.json');
});

test('with --json there is nothing on stdout but the results', async () => {
  const { printed, ended } = startRun(['E4', '--json']);
  expect(await ended).toBe(0);
  expect(JSON.parse(printed.out)).toMatchObject([{ schemaVersion: 2 }]);
  expect(orderIn(printed.err)).toMatchObject({ size: 'standard', seed: 1 });
});

test('the first Ctrl-C asks for what there is, and a partial result ends with 3', async () => {
  const { child, printed, ended } = startRun(['E4'], untilAborted);
  await untilSaid(printed, 'E4 Blast radius');
  child.kill('SIGINT');
  expect(await ended).toBe(3);
  expect(printed.err).toContain('Stopping: faults are taken back');
  expect(printed.out).toContain('~ PARTIAL');
});

test('the second Ctrl-C ends at once', async () => {
  const { child, printed, ended } = startRun(['E4'], 'await new Promise(() => {});');
  await untilSaid(printed, 'E4 Blast radius');
  child.kill('SIGINT');
  await untilSaid(printed, 'Stopping');
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(printed.out).toBe('');
});

test.each([
  [['e4', '--quick', '--full'], '--quick and --full exclude each other'],
  [['e4', '--targets', 'a,,b'], '--targets is "a,,b": a name is missing.'],
  [['e4', '--blocks', '0'], '--blocks is "0": give a whole number from 1 to 200.'],
  [['e4', 'e5'], 'There is no experiment "e5": choose one of E4 blast-radius.'],
])('%j is refused before anything runs', async (args, sentence) => {
  const { printed, ended } = startRun(args);
  expect(await ended).not.toBe(0);
  expect(printed.err).toContain(sentence);
  expect(orderIn(printed.err)).toEqual({});
});
