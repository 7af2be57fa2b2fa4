// cloud/latencies.ts: one invocation at a time, warm and cold, and how fast a mapping drains a queue.
// Called by measure-cloud.ts once a block; each beside what it cannot be faster than.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Pool } from 'undici';
import { medianOf } from '../../statistics/quantile.ts';
import type { ReferenceServer } from '../reference-servers.ts';
import { rawCaller } from './callers.ts';
import { drainUrl } from './queues.ts';
import { askJson, type CloudServers, type Home } from './servers.ts';

export interface Latencies {
  /** Medians of this block, ms. */
  readonly bareMs: number;
  readonly warmMs: number;
  readonly warmSdkMs: number;
  /** From the first invocation of a function to its answer. */
  readonly coldMs: number;
  readonly bareStartMs: number;
  /** Messages a second through a mapping, ten an invocation, to a function that does nothing. */
  readonly drainedPerSecond: number;
}

const WARM = 200;
const COLD = 5;
/** Some tenths of a second of draining. */
const MESSAGES = 4000;

export function openTimer(
  { cloud, bare: { url }, sqsUrl, lambdaUrl }: CloudServers,
  defer: Home['defer'],
): () => Promise<Latencies> {
  const bare = new Pool(url, { connections: 1 });
  const raw = new Pool(lambdaUrl, { connections: 1 });
  const sdk = new LambdaClient({
    endpoint: lambdaUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const queue = rawCaller(sqsUrl, 1);
  for (const pool of [bare, raw, queue]) defer(() => pool.close());
  defer(async () => sdk.destroy());
  const invokeRaw = (name: string) => post(raw, `/2015-03-31/functions/${name}/invocations`);
  return async () => {
    const functionName = await define(cloud);
    await invokeRaw(functionName);
    return {
      bareMs: await medianMs(WARM, () => post(bare, '/')),
      warmMs: await medianMs(WARM, () => invokeRaw(functionName)),
      warmSdkMs: await medianMs(WARM, () =>
        sdk.send(new InvokeCommand({ FunctionName: functionName })),
      ),
      coldMs: await coldMs(cloud, invokeRaw),
      bareStartMs: medianOf(await inTurn(COLD, () => tookMs(cloud, '/bare-start'))),
      drainedPerSecond: await drain(cloud, queue, drainUrl(sqsUrl)),
    };
  };
}

async function post(pool: Pool, path: string): Promise<void> {
  const { statusCode, body } = await pool.request({ path, method: 'POST', body: '{}' });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${text}`);
}

const define = async (cloud: ReferenceServer) =>
  (await askJson(cloud, '/define')).functionName as string;
const tookMs = async (cloud: ReferenceServer, path: string) =>
  Number((await askJson(cloud, path)).tookMs);

async function coldMs(cloud: ReferenceServer, invoke: (name: string) => Promise<void>) {
  const names = await inTurn(COLD, () => define(cloud));
  return medianOf(await inTurn(COLD, (at) => timed(() => invoke(names[at] as string))));
}

async function drain(
  cloud: ReferenceServer,
  { sendTen }: ReturnType<typeof rawCaller>,
  url: string,
): Promise<number> {
  for (let sent = 0; sent < MESSAGES; sent += 10) await sendTen(url, 'drained');
  return MESSAGES / ((await tookMs(cloud, '/drain')) / 1000);
}

const medianMs = async (count: number, ask: () => Promise<unknown>) =>
  medianOf(await inTurn(count, () => timed(ask)));

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await ask();
  return performance.now() - beganMs;
}

async function inTurn<Value>(count: number, one: (at: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let at = 0; at < count; at += 1) values.push(await one(at));
  return values;
}
