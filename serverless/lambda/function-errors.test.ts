// lambda/function-errors.test.ts: the ways in which a function can fail, as AWS's SDK shows each of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json, startTestLambda, type TestLambda } from './test-kit.ts';

let lambda: TestLambda;

beforeAll(async () => {
  lambda = await startTestLambda();
});
afterAll(() => lambda.close());

async function invoke(FunctionName: string, event: unknown = {}) {
  const answer = await lambda.client.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  return { ...answer, body: json(answer.Payload) };
}

const reportOf = (name: string) => lambda.lines(name).findLast((line) => line.startsWith('REPORT'));

test('a timeout: Sandbox.Timedout, and the log says so', async () => {
  lambda.define('slow', 'async () => new Promise((done) => setTimeout(done, 60_000))', {
    timeoutSeconds: 0.3,
  });
  const { FunctionError, body } = await invoke('slow');
  expect(FunctionError).toBe('Unhandled');
  expect(body).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(
      /^RequestId: \S+ Error: Task timed out after 0\.30 seconds$/,
    ),
  });
  expect(lambda.lines('slow').join('\n')).toMatch(/Z \S+ Task timed out after 0\.30 seconds/);
  expect(reportOf('slow')).toMatch(/\tDuration: 300\.00 ms\t.*\tStatus: timeout\t$/);
});

test('after a timeout the next invocation gets a new environment', async () => {
  lambda.define(
    'once',
    `let calls = 0;
    export const handler = ({ hang }) =>
      hang ? new Promise((done) => setTimeout(done, 60_000)) : ++calls;`,
    { timeoutSeconds: 1.5 },
  );
  expect((await invoke('once')).body).toBe(1);
  expect((await invoke('once')).body).toBe(2);
  await invoke('once', { hang: true });
  expect((await invoke('once')).body).toBe(1);
});

test.each([
  ['process.exit(3)', 'Runtime exited with error: exit status 3'],
  ['process.exit(0)', 'Runtime exited without providing a reason'],
  ["process.kill(process.pid, 'SIGSEGV')", 'Runtime exited with error: signal: segmentation fault'],
])('%s in a handler: Runtime.ExitError with the reason', async (statement, reason) => {
  const name = `exit-${statement.replace(/\W/g, '')}`;
  lambda.define(name, `async () => { ${statement}; await new Promise((d) => setTimeout(d, 9e4)) }`);
  const { FunctionError, body } = await invoke(name);
  expect(FunctionError).toBe('Unhandled');
  expect(body).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(new RegExp(`^RequestId: \\S+ Error: ${reason}$`)),
  });
  expect(reportOf(name)).toMatch(/\tStatus: error\tError Type: Runtime\.ExitError\t$/);
});

test.each([
  ['in its group', false],
  ['in a group of its own', true],
])(
  'a process that ends and leaves a child behind %s has ended all the same',
  async (_, detached) => {
    const pidFile = join(lambda.folder, 'litter.pid');
    const name = `litter-${detached}`;
    lambda.define(
      name,
      `import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    export async function handler() {
      const child = spawn('sleep', ['600'], { stdio: 'inherit', detached: ${detached} });
      writeFileSync('${pidFile}', String(child.pid));
      process.exit(1);
    }`,
      { timeoutSeconds: 600 },
    );
    expect((await invoke(name)).body).toMatchObject({ errorType: 'Runtime.ExitError' });
    // One that left the group is out of the service's reach: the test made it, and ends it.
    if (detached) process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
  },
);

test.runIf(process.platform === 'linux')(
  'more memory than the function has: killed, Runtime.OutOfMemory',
  async () => {
    lambda.define(
      'greedy',
      `const held = [];
      export async function handler() {
        for (;;) {
          held.push(Buffer.alloc(8_000_000, 1));
          await new Promise((done) => setTimeout(done, 2));
        }
      }`,
      { timeoutSeconds: 30 },
    );
    const { body } = await invoke('greedy');
    expect(body).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
    });
    const [, used] = /Max Memory Used: (\d+) MB/.exec(reportOf('greedy') ?? '') ?? [];
    expect(Number(used)).toBeGreaterThan(128);
  },
);

test('a heap beyond its limit: V8 aborts the process', async () => {
  const source =
    'async () => { const held = []; for (;;) held.push(new Array(100_000).fill({})); }';
  // The memory limit must not strike first: it is looked at from outside, which takes a moment.
  lambda.define('hoarder', source, { timeoutSeconds: 60, memorySizeMb: 128 });
  const { FunctionError, body } = await invoke('hoarder');
  expect(FunctionError).toBe('Unhandled');
  expect((body as { errorMessage: string }).errorMessage).toMatch(/signal: (aborted|killed|trace)/);
});

test('a result that JSON cannot hold: the error of AWS’s runtime for Node', async () => {
  lambda.define('bigint', 'async () => ({ cents: 10n })');
  expect((await invoke('bigint')).body).toMatchObject({
    errorType: 'Runtime.JSONStringifyError',
    errorMessage: 'Unable to stringify response body',
  });
});

test('no result at all is null', async () => {
  lambda.define('nothing', 'async () => {}');
  expect((await invoke('nothing')).body).toBe(null);
});

test('something thrown that is no Error: its type and its text', async () => {
  lambda.define('rude', "async () => { throw 'no'; }");
  expect((await invoke('rude')).body).toEqual({
    errorType: 'string',
    errorMessage: 'no',
    trace: [],
  });
});

test('a rejection that nobody handles: Runtime.UnhandledPromiseRejection', async () => {
  lambda.define(
    'careless',
    `async () => {
      Promise.reject(new Error('forgotten'));
      await new Promise((done) => setTimeout(done, 60_000));
    }`,
  );
  expect((await invoke('careless')).body).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: forgotten',
  });
});

test('a promise that can never settle: Runtime.NodeJsExit instead of a wait', async () => {
  lambda.define('stuck', 'async () => new Promise(() => {})', { timeoutSeconds: 60 });
  expect((await invoke('stuck')).body).toMatchObject({ errorType: 'Runtime.NodeJsExit' });
});

const badCode: [what: string, source: string, errorType: string, message: RegExp][] = [
  ['throws', "throw new RangeError('no pot');", 'RangeError', /^no pot$/],
  ['imports what is not there', "import 'no-such-package';", 'Error', /no-such-package/],
  [
    'requires what is not there',
    "import { createRequire } from 'node:module'; createRequire(import.meta.url)('no-such-tea');",
    'Runtime.ImportModuleError',
    /^Error: Cannot find module 'no-such-tea'/,
  ],
  ['is no JavaScript', 'export const = 1;', 'Runtime.UserCodeSyntaxError', /^SyntaxError/],
  [
    'exports no handler',
    'export const other = 1;',
    'Runtime.HandlerNotFound',
    /^handler\.handler is undefined or not exported$/,
  ],
  [
    'takes a callback',
    'export const handler = (event, context, callback) => {};',
    'Runtime.CallbackHandlerDeprecated',
    /async/,
  ],
];

test.each(badCode)('a module that %s: the error of its init', async (what, source, type, text) => {
  const name = what.replaceAll(' ', '-');
  lambda.define(name, source);
  const { FunctionError, body } = await invoke(name);
  expect(FunctionError).toBe('Unhandled');
  expect(body).toMatchObject({ errorType: type, errorMessage: expect.stringMatching(text) });
});

test('a handler whose file is missing: Runtime.ImportModuleError', async () => {
  lambda.define('misnamed', 'async () => 1', { handler: 'lib/index.handler' });
  expect((await invoke('misnamed')).body).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage: "Error: Cannot find module 'index'",
  });
});

test('an init that fails is tried again within the invocation, and both are reported', async () => {
  lambda.define('broken', "throw new Error('never');");
  await invoke('broken');
  const reports = lambda.lines('broken').filter((line) => line.startsWith('INIT_REPORT'));
  expect(reports).toHaveLength(2);
  expect(reports[0]).toMatch(/Phase: init\tStatus: error\tError Type: Error$/);
  expect(reports[1]).toMatch(/Phase: invoke\tStatus: error\tError Type: Error$/);
});

test('an init above its limit is tried again with the time that the function has', async () => {
  const hasty = await startTestLambda({ initLimitMs: 100 });
  const source = `await new Promise((done) => setTimeout(done, 400));
    export const handler = async () => 'late';`;
  hasty.define('late', source, { timeoutSeconds: 60 });
  const result = await hasty.invoke('late', '{}');
  expect(json(result.payload)).toBe('late');
  expect(hasty.lines('late').join('\n')).toMatch(/INIT_REPORT .*Phase: init\tStatus: timeout/);
  await hasty.close();
});

test('a process that ends during init: Runtime.ExitError', async () => {
  lambda.define('stillborn', 'process.exit(9);');
  expect((await invoke('stillborn')).body).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/exit status 9$/),
  });
});
