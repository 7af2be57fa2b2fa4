// references/cloud-server.ts: the local cloud's SQS, Lambda and event source mapping, by themselves.
// Bundled and started by reference-servers.ts; bench/cloud/ sends messages and invokes functions.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { startEventSourceMapping } from '../../../serverless/event-source/event-source.ts';
import { startLambda } from '../../../serverless/lambda/lambda.ts';
import { serviceInvoke } from '../../../serverless/lambda/service-invoke.ts';
import { startSqs } from '../../../serverless/sqs/server.ts';
import { queueNames } from '../cloud/queues.ts';
import { codeFolder, port } from './settings.ts';

const host = '127.0.0.1';
const sqs = await startSqs({ port: 0, host });
const lambda = await startLambda({ port: 0, host });
const invoke = serviceInvoke(lambda);
for (const name of queueNames) await sqs.call('CreateQueue', { QueueName: name });
let defined = 0;

/** A function that has never run: its first invocation is a cold start. */
function define(): { readonly functionName: string } {
  defined += 1;
  const functionName = `bench-${defined}`;
  lambda.createFunction({ name: functionName, codeFolder });
  return { functionName };
}

/** Empties the one queue that has messages through a mapping; its pollers grow as on AWS. */
async function drain(): Promise<{ readonly tookMs: number }> {
  const full = sqs.queues().find(({ visible }) => visible > 0);
  if (full === undefined) return { tookMs: 0 };
  const { functionName } = define();
  await invoke(functionName, '{"Records":[]}');
  const beganMs = performance.now();
  const mapping = await startEventSourceMapping({
    ...{ sqs: sqs.call, invoke, functionName },
    ...{ queueUrl: full.url, queueArn: full.arn, batchSize: 10 },
  });
  while (mapping.state().deleted < full.visible)
    await new Promise((resolve) => setTimeout(resolve, 2));
  const tookMs = performance.now() - beganMs;
  await mapping.close();
  return { tookMs };
}

/** A program that does nothing, from its start to its end: no cold start can be shorter. */
async function startBare(): Promise<{ readonly tookMs: number }> {
  const beganMs = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return { tookMs: performance.now() - beganMs };
}

const asked: Readonly<Record<string, () => object | Promise<object>>> = {
  '/served': () => ({ sqsUrl: sqs.url, lambdaUrl: lambda.url }),
  '/define': define,
  '/drain': drain,
  '/bare-start': startBare,
};

createServer(async ({ url = '' }, response) => {
  const answer = await asked[url]?.();
  response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer));
}).listen(port, host);

process.once('SIGTERM', async () => {
  await Promise.all([sqs.close(), lambda.close()]);
  process.exit();
});
