// lab/fairness.test.ts: what is equal is read from the processes, and nothing unread ends a run.
// The processes are this one and a child that differs in what a test needs; Linux only.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { RunningTarget } from '../targets/platform.ts';
import { type Target, targetsAt } from '../targets/targets.ts';
import { auditFairness, type Started, unfairness } from './fairness.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

async function processWith(env: Record<string, string>): Promise<number> {
  const script = "console.log('up'); setInterval(() => {}, 1e6);";
  const child = spawn(process.execPath, ['-e', script], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

function startedOf(
  name: string,
  pids: readonly (number | undefined)[],
  exchanges = '1.0',
): Started {
  const components = pids.map((pid, index) => ({ pid, port: index + 1 }));
  const target: Target = { ...targetsAt().monolith, name, instance: 'there-is-no-such-instance' };
  const query = async () => [{ count: 200 }];
  const running = { target, components, engine: 'SQLite', query } as unknown as RunningTarget;
  return { running, exchanges };
}

const linux = test.runIf(process.platform === 'linux');

linux('settings, cores and Node are those of the processes', async () => {
  const pid = await processWith({ NODE_ENV: 'production', LOG_LEVEL: 'warn', PATH: '/bin' });
  const audit = await auditFairness([startedOf('one', [pid, pid]), startedOf('two', [pid])]);
  const answerTo = (what: string) => audit.find((row) => row.what === what)?.values.one;
  expect(answerTo('settings')).toBe(
    'NODE_ENV=production, LOG_LEVEL=warn, LAB_CHAOS not set, RATE_LIMIT_RPS not set',
  );
  expect(answerTo('Node')).toBe(process.version);
  expect(answerTo('CPU')).toMatch(/^core \d/);
  expect(answerTo('connections open at the end')).toMatch(/^\d+$/);
  expect(answerTo('rows: products')).toBe('200');
  expect(unfairness(audit)).toEqual([]);
});

linux('what differs without a reason is told; what the shapes differ in is not', async () => {
  const loud = await processWith({ LOG_LEVEL: 'debug' });
  const quiet = await processWith({ LOG_LEVEL: 'warn' });
  const both = startedOf('two', [loud, quiet], '2.4');
  const told = unfairness(await auditFairness([startedOf('one', [quiet]), both]));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    /^Not equal for all targets: settings \(one: .*=warn.*; two: .*debug.* \| /,
  );
});

linux(
  'the services keep reports in columns, their other databases are like the monolith’s',
  async () => {
    const shapes = Object.values(targetsAt()).filter(({ name }) => name !== 'serverless');
    const started = shapes.map(({ name, ...target }) => {
      const { running, exchanges } = startedOf(name, [process.pid]);
      const query = async (owner: string, sql: string) => {
        if (!sql.startsWith('PRAGMA')) return [{ count: 200 }];
        if (owner === 'reports') throw new Error('a file of columns knows no such thing');
        return [{ journal_mode: 'wal' }];
      };
      return {
        running: { ...running, target: { name, ...target }, query } as RunningTarget,
        exchanges,
      };
    });
    const audit = await auditFairness(started);
    const answersTo = (what: string) => audit.find((row) => row.what === what)?.values;
    expect(answersTo('databases')).toEqual({
      monolith: 'SQLite, wal',
      microservices: 'SQLite, wal',
    });
    expect(answersTo('kept in columns')).toEqual({
      monolith: 'none',
      microservices: 'DuckDB: reports',
    });
    expect(unfairness(audit)).toEqual([]);
  },
);

test('a target that was stopped is left out, and without one there is no audit', async () => {
  const stopped = startedOf('gone', [undefined]);
  expect(await auditFairness([stopped])).toEqual([]);
  const audit = await auditFairness([stopped, startedOf('one', [process.pid])]);
  for (const { values } of audit) expect(Object.keys(values)).toEqual(['one']);
});

linux('a process that has ended does not end the run', async () => {
  const pid = await processWith({});
  const child = children.at(-1);
  const gone = child && once(child, 'exit');
  child?.kill('SIGKILL');
  await gone;
  const audit = await auditFairness([startedOf('one', [pid])]);
  expect(audit.find(({ what }) => what === 'CPU')?.values.one).toBe('not known');
  // Not even where nobody knows: that is no equality.
  expect(unfairness(audit)).toContainEqual(
    expect.stringMatching(/^Not equal for all targets: CPU \(one: not known\)/),
  );
});
