// references/chain-server.ts: a chain of three functions, by call and by queue, on the local cloud.
// Bundled and started by reference-servers.ts for the experiment on the slowest component.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startEventSourceMapping } from '../../../serverless/event-source/event-source.ts';
import type { SqsCall } from '../../../serverless/event-source/queue.ts';
import { startLambda } from '../../../serverless/lambda/lambda.ts';
import type { Report } from '../../../serverless/lambda/report-line.ts';
import { serviceInvoke } from '../../../serverless/lambda/service-invoke.ts';
import { startSqs } from '../../../serverless/sqs/server.ts';
import {
  type ChainFacts,
  type Coupling,
  couplings,
  functionName,
  queueName,
  type StageFacts,
} from '../../experiments/slowest-component/chain.ts';
import { slowest, stagesMs } from '../../experiments/slowest-component/law.ts';
import { createReaper } from './reaper.ts';
import { codeFolder, doneFolder, port } from './settings.ts';

const host = '127.0.0.1';
const sqs = await startSqs({ port: 0, host });
const lambda = await startLambda({ port: 0, host });
const invoke = serviceInvoke(lambda);
/** Longer than a stage takes, so short that what died comes again soon. */
const hiddenSeconds = 2;
const mostAttempts = 50;
/** Of the slow stage behind its queue. */
const places = 4;

const reports: { readonly stage: string; readonly report: Report }[] = [];
lambda.onEvent((event) => {
  if (event.kind === 'report') reports.push({ stage: event.functionName, report: event.report });
});
let mappingCalls = 0;
const counted: SqsCall = (action, input, gone) => {
  mappingCalls += 1;
  return sqs.call(action, input, gone);
};

const queueUrl = (stage: number) => `${sqs.url}/000000000000/${queueName(stage)}`;
const functionUrl = (name: string) => `${lambda.url}/2015-03-31/functions/${name}/invocations`;

await sqs.call('CreateQueue', { QueueName: 'dead' });
const dead = sqs.queues()[0] as ReturnType<typeof sqs.queues>[number];
for (const [at] of stagesMs.entries()) {
  await sqs.call('CreateQueue', {
    QueueName: queueName(at),
    Attributes: {
      VisibilityTimeout: String(hiddenSeconds),
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: dead.arn,
        maxReceiveCount: mostAttempts,
      }),
    },
  });
  for (const coupling of couplings) define(coupling, at);
}
for (const [at] of stagesMs.entries()) await connect(at);

function define(coupling: Coupling, at: number): void {
  const isLast = at === stagesMs.length - 1;
  const next = coupling === 'queue' ? queueUrl(at + 1) : functionUrl(functionName('call', at + 1));
  const name = coupling === 'queue' ? 'NEXT_QUEUE_URL' : 'NEXT_FUNCTION_URL';
  lambda.createFunction({
    ...{ name: functionName(coupling, at), codeFolder, timeoutSeconds: 10 },
    environment: {
      ...{ STAGE_MS: String(stagesMs[at]), SQS_URL: sqs.url, DONE_FOLDER: doneFolder },
      ...(!isLast && { [name]: next }),
    },
  });
}

/** One message an invocation, so that an invocation is one order in either way of coupling. */
function connect(at: number) {
  const queue = sqs.queues().find(({ name }) => name === queueName(at));
  return startEventSourceMapping({
    ...{ sqs: counted, invoke, functionName: functionName('queue', at), batchSize: 1 },
    ...{ queueUrl: queueUrl(at), queueArn: queue?.arn ?? '', maximumConcurrency: places },
  });
}

const doomed = couplings.map((coupling) => functionName(coupling, slowest));
const reaper = createReaper(() => doomed.flatMap((name) => lambda.environmentsOf(name)));

/** Messages that were put aside before the last reset: they stay, for SQS empties a queue once a minute. */
let deadBefore = 0;

/** Forgets what was done, put aside and counted; the queues of the stages must be empty. */
function reset(): object {
  deadBefore = deadNow();
  rmSync(doneFolder, { recursive: true, force: true });
  mkdirSync(doneFolder, { recursive: true });
  reports.length = 0;
  mappingCalls = 0;
  sqs.misbehave({ duplicates: 0 });
  return {};
}

function double(): object {
  sqs.misbehave({ duplicates: 0.15 });
  return {};
}

const doneOrders = () => readdirSync(doneFolder).filter((name) => name !== 'repeats');

const inQueue = ({ visible, inFlight, delayed }: ReturnType<typeof sqs.queues>[number]) =>
  visible + inFlight + delayed;
const deadNow = () =>
  sqs
    .queues()
    .filter(({ name }) => name === 'dead')
    .reduce((sum, one) => sum + inQueue(one), 0);

/** At one moment: nothing else runs while this is put together. */
function facts(): ChainFacts {
  const queues = sqs.queues();
  const depths = stagesMs.map((_, at) => queues.find(({ name }) => name === queueName(at)));
  const stages = couplings.flatMap((coupling) => stagesMs.map((_, at) => factsOf(coupling, at)));
  return {
    done: doneOrders().length,
    deadLettered: deadNow() - deadBefore,
    queued: depths.map((queue) => (queue === undefined ? 0 : inQueue(queue))),
    stages,
    mappingCalls,
  };
}

function factsOf(coupling: Coupling, at: number): StageFacts {
  const name = functionName(coupling, at);
  const own = reports.filter(({ stage }) => stage === name).map(({ report }) => report);
  const sum = (pick: (report: Report) => number) => own.reduce((all, one) => all + pick(one), 0);
  return {
    coupling,
    stage: at,
    invocations: own.length,
    billedMs: sum(({ billedMs }) => billedMs),
    workMs: sum(({ durationMs }) => Math.ceil(durationMs)),
    coldStarts: own.filter(({ initMs }) => initMs !== undefined).length,
    environments: lambda.environmentsOf(name).filter(({ state }) => state !== 'ended').length,
  };
}

/** When each order was done, ms since 1970, those put aside, and the repeats that were recognised. */
async function done(): Promise<object> {
  const times = doneOrders().map((order) => [order, statSync(join(doneFolder, order)).mtimeMs]);
  return { times: Object.fromEntries(times), putAside: await putAside(), repeats: repeats() };
}

/** Hides what it reads for longer than any run takes: what an arm put aside is told once. */
async function putAside(): Promise<string[]> {
  const orders: string[] = [];
  const from = { QueueUrl: dead.url, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 };
  for (;;) {
    const { Messages = [] } = (await sqs.call('ReceiveMessage', from)) as {
      Messages?: { Body: string }[];
    };
    if (Messages.length === 0) return orders;
    orders.push(...Messages.map(({ Body }) => Body));
  }
}

function repeats(): number {
  try {
    return readFileSync(join(doneFolder, 'repeats'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

const asked: Readonly<Record<string, () => object | Promise<object>>> = {
  '/served': () => ({
    firstQueue: queueUrl(0),
    sqsUrl: sqs.url,
    firstCall: functionUrl(functionName('call', 0)),
  }),
  '/facts': facts,
  '/done': done,
  '/kill': reaper.begin,
  '/revive': reaper.end,
  '/reset': reset,
  '/double': double,
};

reset();
createServer(async (request, response) => {
  const answer = await asked[request.url ?? '']?.();
  response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer));
}).listen(port, host);

process.once('SIGTERM', async () => {
  reaper.end();
  await Promise.all([sqs.close(), lambda.close()]);
  rmSync(doneFolder, { recursive: true, force: true });
  process.exit();
});
