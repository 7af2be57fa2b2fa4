// serverless/cloud.ts: the shop's template, deployed to SQS, Lambda and API Gateway in this process.
// Started by `npm run deploy:local` and by tests, which say where the zips lie.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { type ApiGateway, startApiGateway } from './api-gateway/api-gateway.ts';
import type { Closer, LocalCloud } from './deploy/cloud.ts';
import { deploy, type Stack } from './deploy/deploy.ts';
import { startEventSourceMapping } from './event-source/event-source.ts';
import { type Lambda, type LambdaOptions, startLambda } from './lambda/lambda.ts';
import { serviceInvoke } from './lambda/service-invoke.ts';
import { type SqsServer, startSqs } from './sqs/server.ts';

export interface CloudOptions {
  /** That of the lab; without it, ports that are free. */
  readonly portBase?: number | undefined;
  /** Where the zip of this name (`catalog-function`) lies unpacked. */
  readonly codeOf: (zip: string) => string;
  /** Absolute; for the databases, one a service, and for what waits in queues. */
  readonly dataFolder: string;
  /** Of the template, beside what the cloud knows itself. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** For every function; wins over the template. */
  readonly env?: Readonly<Record<string, string>>;
  /** How often schedules fire, whatever their rate; default 2000. AWS's shortest is a minute. */
  readonly scheduleEveryMs?: number;
  /** Whether functions read the queues; default true. */
  readonly readsQueues?: boolean;
  readonly lambda?: Partial<LambdaOptions>;
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

/** How far each service is above the lab's first port: 5000, 9324 and 9001 as a rule. */
export const cloudPorts = { 'API Gateway': 2000, SQS: 6324, Lambda: 6001 } as const;

const host = '127.0.0.1';
/** As long as AWS wants it; everybody may know it. */
export const demoCustomerKey = 'demo-student-of-the-local-cloud';
export const demoInstructorKey = 'demo-instructor-of-the-local-cloud';

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
    const { cloud, ...parts } = await startParts(options, kept);
    const template = readFileSync(new URL('template.yaml', import.meta.url), 'utf8');
    const { outputs } = await deploy(template, parametersOf(options), cloud);
    return { invokeUrl: outputs.InvokeUrl ?? '', outputs, ...parts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(options: CloudOptions, kept: <Part extends Closer>(part: Part) => Part) {
  const { portBase, dataFolder, scheduleEveryMs = 2000, readsQueues = true } = options;
  const at = (name: keyof typeof cloudPorts) =>
    ({
      host,
      port: portBase === undefined ? 0 : portBase + cloudPorts[name],
    }) as const;
  const journalFile = join(dataFolder, 'queues.journal');
  const sqs = kept(await startSqs({ ...at('SQS'), journalFile }));
  const lambda = kept(await startLambda({ ...options.lambda, ...at('Lambda') }));
  const invoke = serviceInvoke(lambda);
  // The same ids at each start, so the same invoke URL.
  const random = seededRandom(1);
  const apiGateway = kept(await startApiGateway({ ...at('API Gateway'), invoke, random }));
  const cloud: LocalCloud = {
    ...{ sqs, lambda, apiGateway, environment: options.env },
    eventSource: async (mapping) =>
      readsQueues
        ? kept(await startEventSourceMapping({ ...mapping, sqs: sqs.call, invoke }))
        : nobody,
    schedule: (_everyMs, run) => kept(repeating(scheduleEveryMs, run)),
    codeFolder: ({ key }) => options.codeOf(key.replace(/\.zip$/, '')),
  };
  return { sqs, lambda, apiGateway, cloud };
}

const nobody: Closer = { close() {} };

function repeating(everyMs: number, run: () => void): Closer {
  const timer = setInterval(run, everyMs);
  return { close: () => clearInterval(timer) };
}

function parametersOf({ dataFolder, parameters }: CloudOptions): Record<string, string> {
  return {
    CodeBucket: 'local',
    DatabaseUrl: `file:${join(dataFolder, '{service}.db')}`,
    ApiKeyValue: demoCustomerKey,
    InstructorKeyValue: demoInstructorKey,
    Chaos: 'on',
    ...parameters,
  };
}
