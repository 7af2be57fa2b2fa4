// lambda/bootstrap-parts.mjs: what a handler sees of its runtime: its module, its context, its console.
// Called by bootstrap.mjs only.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

export function namedError(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

/**
 * Finds `folder/file.export`, as AWS's runtime for Node does: the export is what follows the first dot
 * of the file's name.
 * @throws Error named Runtime.MalformedHandlerName, ImportModuleError, UserCodeSyntaxError,
 * HandlerNotFound or CallbackHandlerDeprecated; whatever else the module itself throws
 */
export async function loadHandler(taskRoot, name) {
  const [, file, exported] = /^([^.]+)\.(.+)$/.exec(basename(name)) ?? [];
  if (file === undefined) throw namedError('Runtime.MalformedHandlerName', `Bad handler ${name}`);
  const module = await importModule(join(taskRoot, dirname(name), file));
  const handler = exported.split('.').reduce((value, key) => value?.[key], module);
  if (typeof handler !== 'function')
    throw namedError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (handler.length > 2)
    throw namedError(
      'Runtime.CallbackHandlerDeprecated',
      `${name} takes a callback, which Lambda has not offered since Node.js 24: use async/await.`,
    );
  return handler;
}

async function importModule(path) {
  const file = ['.js', '.mjs', '.cjs'].map((ending) => path + ending).find(existsSync);
  if (file === undefined)
    throw namedError('Runtime.ImportModuleError', `Error: Cannot find module '${basename(path)}'`);
  try {
    const module = await import(pathToFileURL(file).href);
    // A CommonJS module arrives whole as the default export.
    return { ...module.default, ...module };
  } catch (error) {
    if (error instanceof SyntaxError)
      throw namedError('Runtime.UserCodeSyntaxError', String(error));
    // As in AWS's runtime: of a missing package only `require` is renamed, `import` stays an Error.
    if (error?.code === 'MODULE_NOT_FOUND')
      throw namedError('Runtime.ImportModuleError', String(error));
    throw error;
  }
}

/** @param headers of the answer to `next` */
export function handlerContext(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  const clientContext = headers['lambda-runtime-client-context'];
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    callbackWaitsForEmptyEventLoop: true,
    clientContext: clientContext === undefined ? undefined : JSON.parse(clientContext),
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  };
}

/** Writes what is logged as AWS does: time, request id, level and message, one event a line. */
export function patchConsole(requestId) {
  const levels = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG' };
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...values) => {
      const message = format(...values).replaceAll('\n', '\r');
      const id = requestId() === '' ? 'undefined' : requestId();
      process.stdout.write(`${new Date().toISOString()}\t${id}\t${level}\t${message}\n`);
    };
  }
}
