// lambda/bootstrap.mjs: the runtime in an environment: fetches an invocation, calls the handler, reports.
// Started by sandbox.ts in a process of its own; it needs only Node and AWS_LAMBDA_RUNTIME_API.
import { Agent, request } from 'node:http';
import { handlerContext, loadHandler, namedError, patchConsole } from './bootstrap-parts.mjs';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** Of the invocation at hand; empty during the init. */
let requestId = '';

/** One request to the Runtime API. Without it there is nobody to work for: the process ends. */
function call(method, path, body, headers = {}) {
  const json = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const options = { agent, host, port, method, path: `/2018-06-01/runtime${path}` };
    const sent = request({ ...options, headers: { ...json, ...headers } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.on('error', () => process.exit(1));
    sent.end(body);
  });
}

/** Of the init or of the invocation at hand, whichever it is. */
async function reportError(error, label) {
  const isError = error instanceof Error;
  const report = {
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? error.message : String(error),
    trace: isError ? (error.stack ?? '').split('\n') : [],
  };
  console.error(`${label}\t${JSON.stringify(report)}`);
  const path = requestId === '' ? '/init/error' : `/invocation/${requestId}/error`;
  const type = { 'Lambda-Runtime-Function-Error-Type': report.errorType };
  await call('POST', path, JSON.stringify(report), type);
}

function endWith(label, exitCode) {
  return async (error) => {
    await reportError(error, label);
    process.exit(exitCode);
  };
}

/** @throws Error when JSON cannot hold the value, in the words of AWS's runtime for Node */
function asJson(value) {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? 'null';
  } catch {
    throw namedError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

async function handleNext(handler) {
  const next = await call('GET', '/invocation/next', '');
  requestId = next.headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
  try {
    const result = await handler(JSON.parse(next.body), handlerContext(next.headers));
    await call('POST', `/invocation/${requestId}/response`, asJson(result));
  } catch (error) {
    await reportError(error, 'Invoke Error');
  }
}

patchConsole(() => requestId);
process.on('uncaughtException', endWith('Uncaught Exception', 129));
process.on('unhandledRejection', (reason) => {
  const error = namedError('Runtime.UnhandledPromiseRejection', String(reason));
  return endWith('Unhandled Promise Rejection', 128)(error);
});
// Nothing is left to do, yet the handler has not answered: its promise never will.
process.on('beforeExit', () => {
  const message = 'The handler returned a promise that was never settled.';
  return endWith('Runtime Error', 13)(namedError('Runtime.NodeJsExit', message));
});

let handler;
try {
  handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
} catch (error) {
  await endWith('Init Error', 1)(error);
}
for (;;) await handleNext(handler);
