// lambda/environment.test.ts: the life of an environment: cold, warm, frozen, expired, replaced, ended.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LambdaOptions } from './lambda.ts';
import {
  holding,
  isGone,
  json,
  patience,
  processState,
  startTestLambda,
  type TestLambda,
} from './test-kit.ts';

let lambda: TestLambda;
afterEach(() => lambda.close());

const counting = `
let calls = 0;
export const handler = async () => ({ calls: ++calls, pid: process.pid });`;

async function start(options: Partial<LambdaOptions> = {}): Promise<void> {
  lambda = await startTestLambda(options);
}

async function call(name: string, event: unknown = {}) {
  const result = await lambda.invoke(name, JSON.stringify(event));
  return { ...result, body: json(result.payload) as { calls: number; pid: number } };
}

test('the first start is cold, the next is warm and keeps what the module holds', async () => {
  await start();
  lambda.define('count', counting);
  const first = await call('count');
  const second = await call('count');
  expect(first.isColdStart).toBe(true);
  expect(second.isColdStart).toBe(false);
  expect(second.body).toEqual({ calls: 2, pid: first.body.pid });
});

test('the init is billed and shown once, with the cold start', async () => {
  await start();
  lambda.define('count', counting);
  const [cold, warm] = [await call('count'), await call('count')].map(({ report }) => report);
  expect(cold?.initMs).toBeGreaterThan(0);
  expect(cold?.billedMs).toBeGreaterThanOrEqual((cold?.initMs ?? 0) + (cold?.durationMs ?? 0));
  expect(warm?.initMs).toBeUndefined();
  const reports = lambda.lines('count').filter((line) => line.startsWith('REPORT'));
  expect(reports.map((line) => /Init Duration/.test(line))).toEqual([true, false]);
});

const onLinux = test.runIf(process.platform === 'linux');

onLinux('between invocations the process is stopped, and it runs again for the next', async () => {
  await start();
  lambda.define('count', counting);
  const { pid } = (await call('count')).body;
  expect(lambda.environmentsOf('count')).toMatchObject([{ pid, state: 'idle', isFrozen: true }]);
  await expect.poll(() => processState(pid), patience).toBe('T');
  expect((await call('count')).body).toEqual({ calls: 2, pid });
  await expect.poll(() => processState(pid), patience).toBe('T');
});

onLinux('a timer that is left behind does not fire while the environment is frozen', async () => {
  await start();
  lambda.define(
    'tick',
    `let ticks = 0;
    setInterval(() => { ticks += 1; }, 1);
    export const handler = async ({ waitMs }) => {
      await new Promise((done) => setTimeout(done, waitMs));
      return ticks;
    };`,
  );
  const ticks = async (waitMs: number) =>
    Number(json((await lambda.invoke('tick', JSON.stringify({ waitMs }))).payload));
  const before = await ticks(200);
  await new Promise((resolve) => setTimeout(resolve, 600));
  const after = await ticks(0);
  // A few pass around the freeze; a process that ran on would count three times as many.
  expect(after - before).toBeLessThan(before);
});

onLinux('with freeze off the process runs on', async () => {
  await start({ freeze: false });
  lambda.define('count', counting);
  const { pid } = (await call('count')).body;
  expect(lambda.freezes).toBe(false);
  expect(lambda.environmentsOf('count')).toMatchObject([{ isFrozen: false }]);
  expect(processState(pid)).toMatch(/[RS]/);
});

test('the environment that was used last is used next, so that surplus ones age', async () => {
  await start();
  lambda.define('hold', holding);
  const [first, second] = [join(lambda.folder, 'a'), join(lambda.folder, 'b')];
  const running = [call('hold', { until: first }), call('hold', { until: second })];
  await expect
    .poll(
      () => lambda.environmentsOf('hold').filter(({ state }) => state === 'busy').length,
      patience,
    )
    .toBe(2);
  writeFileSync(first, '');
  await running[0];
  writeFileSync(second, '');
  const last = await running[1];
  for (let again = 0; again < 3; again += 1)
    expect((await call('hold', { until: first })).body).toEqual(last?.body);
});

test('an environment that nobody needs expires, and no process is left', async () => {
  await start({ idleExpiryMs: 100 });
  lambda.define('count', counting);
  const { pid } = (await call('count')).body;
  await expect.poll(() => lambda.environmentsOf('count'), patience).toEqual([]);
  await expect.poll(() => isGone(pid), patience).toBe(true);
  expect((await call('count')).isColdStart).toBe(true);
});

test('new code gets new environments; what runs on the old code is not disturbed', async () => {
  await start();
  lambda.define('hold', holding);
  const until = join(lambda.folder, 'go');
  writeFileSync(until, '');
  const idle: unknown = (await call('hold', { until })).body;
  const later = join(lambda.folder, 'later');
  const running = call('hold', { until: later });
  await expect.poll(() => lambda.environmentsOf('hold')[0]?.state, patience).toBe('busy');
  lambda.updateCode('hold', lambda.code("async () => 'new'"));
  expect((await call('hold')).body).toBe('new');
  writeFileSync(later, '');
  expect((await running).body).toEqual(idle);
  await expect.poll(() => isGone(Number(idle)), patience).toBe(true);
  await expect.poll(() => lambda.environmentsOf('hold'), patience).toHaveLength(1);
});

test('a process that ends while it rests is not used again', async () => {
  await start();
  lambda.define('count', counting);
  const { pid } = (await call('count')).body;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => lambda.environmentsOf('count'), patience).toEqual([]);
  expect((await call('count')).body.calls).toBe(1);
});

test('close leaves no process, busy, frozen or just starting', async () => {
  await start();
  lambda.define('hold', holding, { timeoutSeconds: 60 });
  lambda.define('count', counting);
  const frozen = (await call('count')).body.pid;
  const running = call('hold', { until: join(lambda.folder, 'never') });
  await expect.poll(() => lambda.environmentsOf('hold')[0]?.state, patience).toBe('busy');
  const busy = lambda.environmentsOf('hold')[0]?.pid ?? 0;
  const starting = call('hold', { until: join(lambda.folder, 'never') }).catch((error) => error);
  await lambda.close();
  expect([frozen, busy].map(isGone)).toEqual([true, true]);
  expect((await running).functionError).toBe('Unhandled');
  expect(await starting).toMatchObject({ type: 'ServiceException' });
});

test('what a handler spawns ends with its environment', async () => {
  await start();
  lambda.define(
    'parent',
    `import { spawn } from 'node:child_process';
    export const handler = async () => spawn('sleep', ['600']).pid;`,
  );
  const child = Number((await call('parent')).body);
  await lambda.close();
  await expect.poll(() => isGone(child), patience).toBe(true);
});

test('a function finds the environment variables that AWS defines, and its own', async () => {
  await start();
  lambda.define('env', 'async () => process.env', { environment: { SHOP: 'tea' } });
  const env = (await call('env')).body as unknown as Record<string, string>;
  expect(env).toMatchObject({
    SHOP: 'tea',
    _HANDLER: 'handler.handler',
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'env',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/env',
    AWS_EXECUTION_ENV: expect.stringMatching(/^AWS_Lambda_nodejs\d+\.x$/),
    LAMBDA_TASK_ROOT: expect.any(String),
    _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}/),
  });
  expect(env.HOME).toBeUndefined();
});

test('the log of a function is in a file, printed lines with time, request and level', async () => {
  await start();
  lambda.define('log', "async () => { console.warn('two\\nlines'); process.stdout.write('raw'); }");
  const { requestId } = await call('log');
  const file = join(lambda.folder, 'logs', 'log.log');
  await expect.poll(() => readFileSync(file, 'utf8'), patience).toMatch(/REPORT/);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(`\t${requestId}\tWARN\ttwo\rlines\n`);
  expect(text).toMatch(/^INIT_START Runtime Version: nodejs:\d+/);
});
