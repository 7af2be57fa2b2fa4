// slowest-component/rig.ts: the chain as a process of its own, and customers who do not wait for each other.
// Started by experiments/slowest-component.ts; arms.ts sends the orders.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { startReference } from '../../bench/reference-servers.ts';
import type { Lab } from '../../lab/experiment.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import type { ChainFacts, Coupling } from './chain.ts';

export interface Chain {
  facts(): Promise<ChainFacts>;
  /** What became of the orders since the last reset. */
  done(): Promise<Done>;
  /** Kills the processes of the slow stage, and each new one, until `revive`. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  /** Lets the queues deliver one in seven messages once more, until `reset`. */
  double(): Promise<void>;
  /** Forgets all counts; nothing may be under way. */
  reset(): Promise<void>;
  /** @throws Error when the order was not taken on */
  order(coupling: Coupling, id: string): Promise<void>;
}

export interface Done {
  /** When each order came to its end, ms since 1970. */
  readonly times: Readonly<Record<string, number>>;
  /** Orders in the dead-letter queue. */
  readonly putAside: readonly string[];
  /** That were recognised. */
  readonly repeats: number;
}

const codeFolder = fileURLToPath(new URL('./stage-function', import.meta.url));
/** More than customers who wait at the same time. */
const CONNECTIONS = 128;

/** @throws CannotStart */
export async function startChain({
  defer,
  pinning,
}: Pick<Lab, 'defer' | 'pinning'>): Promise<Chain> {
  const done = join(labFolders(repoRoot).data, `chain-${process.pid}`);
  const env = { CODE_FOLDER: codeFolder, DONE_FOLDER: done };
  const server = await startReference('chain-server', env, pinning.serverCore);
  defer(server.stop);
  const control = new Pool(server.url);
  const ask = async (path: string) => {
    const { body } = await control.request({ path, method: 'GET' });
    return body.json();
  };
  const { firstQueue, sqsUrl, firstCall } = (await ask('/served')) as Record<string, string>;
  const queue = new Pool(sqsUrl as string, { connections: CONNECTIONS });
  const functions = new Pool(new URL(firstCall as string).origin, { connections: CONNECTIONS });
  for (const pool of [control, queue, functions]) defer(() => pool.destroy());
  const callPath = new URL(firstCall as string).pathname;
  const command = (path: string) => async () => void (await ask(path));
  return {
    facts: async () => (await ask('/facts')) as ChainFacts,
    done: async () => (await ask('/done')) as Done,
    kill: command('/kill'),
    revive: command('/revive'),
    double: command('/double'),
    reset: command('/reset'),
    order: (coupling, id) =>
      coupling === 'call'
        ? post(functions, callPath, { order: id })
        : post(queue, '/', { QueueUrl: firstQueue, MessageBody: id }, sendMessage),
  };
}

const sendMessage = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'AmazonSQS.SendMessage',
};

async function post(pool: Pool, path: string, input: object, headers = {}): Promise<void> {
  const options = { path, method: 'POST', headers, body: JSON.stringify(input) } as const;
  const { statusCode, headers: told, body } = await pool.request(options);
  const text = await body.text();
  if (statusCode !== 200 || told['x-amz-function-error'] !== undefined)
    throw new Error(`The order was not taken on (${statusCode}): ${text}`);
}
