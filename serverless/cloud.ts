// serverless/cloud.ts: the shop's template, deployed to SQS, Lambda and API Gateway in this process.
// Started by server.ts, by `npm run deploy:local` and by tests, which say where the zips lie.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cloudPorts, restApiId } from '@lab/shared/runtime/cloud-addresses.ts';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { type ApiGateway, startApiGateway } from './api-gateway/api-gateway.ts';
import type { Closer, LocalCloud } from './deploy/cloud.ts';
import { deploy, type Stack } from './deploy/deploy.ts';
import { startEventSourceMapping } from './event-source/event-source.ts';
import type { MappingEvent } from './event-source/events.ts';
import type { Emit } from './lambda/events.ts';
import { type Lambda, type LambdaOptions, startLambda } from './lambda/lambda.ts';
import { serviceInvoke } from './lambda/service-invoke.ts';
import { createSchedules } from './schedules.ts';
import { type SqsServer, startSqs } from './sqs/server.ts';

export interface CloudOptions {
  /** That of the lab; without it, ports that are free. */
  readonly portBase?: number | undefined;
  /** Where the zip of this name (`catalog-function`) lies unpacked. */
  readonly codeOf: (zip: string) => string;
  /** Absolute; for databases, one a service, queues, faults, and Lambda's code and logs. */
  readonly dataFolder: string;
  /** Of the template, beside what the cloud knows itself. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** For every function; wins over the template. */
  readonly env?: Readonly<Record<string, string>>;
  /** How often schedules fire, whatever their rate; default 2000. AWS's shortest is a minute. */
  readonly scheduleEveryMs?: number;
  /** Whether functions read the queues; default true. */
  readonly readsQueues?: boolean;
  /** Processes that each function may have at once; no limit of its own unless given. */
  readonly functionConcurrency?: number;
  readonly lambda?: Partial<LambdaOptions>;
  /** Told of everything that happens in Lambda, from the first function on. */
  readonly onEvent?: Emit;
}

export interface Cloud {
  /** Where the shop is, without a slash at the end. */
  readonly invokeUrl: string;
  /** Of the template. */
  readonly outputs: Stack['outputs'];
  readonly sqs: SqsServer;
  readonly lambda: Lambda;
  readonly apiGateway: ApiGateway;
  /** Ends every process. Databases and queues stay in the data folder. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/**
 * All of it or nothing.
 * @throws Error when a port is taken; CannotDeploy for a parameter that does not fit
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  mkdirSync(options.dataFolder, { recursive: true });
  const closers: (() => unknown)[] = [];
  async function close(): Promise<void> {
    for (const one of closers.splice(0).reverse()) await one();
  }
  /** Closed in the opposite order: nobody calls what is gone. */
  const kept = <Part extends Closer>(part: Part): Part => {
    closers.push(() => part.close());
    return part;
  };
  try {
    let isReady = false;
    const { cloud, ...parts } = await startParts(options, kept, () => isReady);
    const template = readFileSync(new URL('template.yaml', import.meta.url), 'utf8');
    const { outputs } = await deploy(template, parametersOf(options), cloud);
    isReady = true;
    return { invokeUrl: outputs.InvokeUrl ?? '', outputs, ...parts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  options: CloudOptions,
  kept: <Part extends Closer>(part: Part) => Part,
  isReady: () => boolean,
) {
  const { portBase, dataFolder, scheduleEveryMs = 2000, readsQueues = true } = options;
  const at = (name: keyof typeof cloudPorts) =>
    ({
      host,
      port: portBase === undefined ? 0 : portBase + cloudPorts[name],
    }) as const;
  const faultsFolder = join(dataFolder, 'faults');
  const lambdaFolder = join(dataFolder, 'lambda');
  const journalFile = join(dataFolder, 'queues.journal');
  const sqs = kept(await startSqs({ ...at('SQS'), journalFile }));
  // The port is ours, and so is the folder. A restart heals, as it does everywhere.
  rmSync(faultsFolder, { recursive: true, force: true });
  mkdirSync(faultsFolder);
  // Of releases that nobody runs any more; the logs stay.
  rmSync(join(lambdaFolder, 'code'), { recursive: true, force: true });
  const lambda = kept(
    await startLambda({ folder: lambdaFolder, ...options.lambda, ...at('Lambda') }),
  );
  if (options.onEvent !== undefined) lambda.onEvent(options.onEvent);
  const invoke = serviceInvoke(lambda);
  const apiGateway = kept(
    await startApiGateway({ ...at('API Gateway'), invoke, firstApiId: restApiId, isReady }),
  );
  const schedules = kept(
    createSchedules(lambda, { everyMs: scheduleEveryMs, awakeFile: join(dataFolder, 'awake') }),
  );
  const pollers = { sqs: sqs.call, invoke, onEvent: tellOfErrors };
  const cloud: LocalCloud = {
    ...{ sqs, apiGateway, environment: { FAULTS_FOLDER: faultsFolder, ...options.env } },
    functionConcurrency: options.functionConcurrency,
    lambda: { ...lambda, invokeAsync: schedules.invokeAsync },
    eventSource: async (mapping) =>
      readsQueues ? kept(await startEventSourceMapping({ ...mapping, ...pollers })) : nobody,
    schedule: (_everyMs, run) => schedules.add(run),
    codeFolder: ({ key }) => options.codeOf(key.replace(/\.zip$/, '')),
  };
  return { sqs, lambda, apiGateway, cloud };
}

const nobody: Closer = { close() {} };

/** What a function did wrong is in its log; what went wrong on the way to it would be nowhere. */
function tellOfErrors(event: MappingEvent): void {
  if (event.kind === 'error') console.error('Event source mapping:', event.error);
}

function parametersOf({ dataFolder, parameters }: CloudOptions): Record<string, string> {
  return {
    CodeBucket: 'local',
    DatabaseUrl: `file:${join(dataFolder, '{service}.db')}`,
    ApiKeyValue: DEMO_CUSTOMER_KEY,
    InstructorKeyValue: DEMO_INSTRUCTOR_KEY,
    Chaos: 'on',
    ...parameters,
  };
}
