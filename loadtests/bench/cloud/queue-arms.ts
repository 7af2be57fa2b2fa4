// cloud/queue-arms.ts: messages through the local SQS, one by one and by tens, and the bare limit.
// Measured by measure-cloud.ts, each for the same time in turn.
import { products } from '@lab/shared/fixtures/products.ts';
import { Pool } from 'undici';
import { type Caller, rawCaller, sdkCaller } from './callers.ts';
import { askers, queueUrl } from './queues.ts';
import type { CloudServers } from './servers.ts';

/** Asks until `done` says so; resolves when nothing is under way. */
export interface Arm {
  readonly name: string;
  /** Which server's CPU is counted. */
  readonly server: 'cloud' | 'bare';
  /** @returns messages that went through (requests, for the bare server), and requests made */
  run(done: () => boolean): Promise<{ messages: number; requests: number }>;
}

/** Some 600 bytes. */
const message = JSON.stringify(products.slice(0, 4));

export function queueArms(
  { sqsUrl, bare }: CloudServers,
  defer: (close: () => Promise<void>) => void,
): Arm[] {
  const raw = rawCaller(sqsUrl, askers);
  const sdk = sdkCaller(sqsUrl);
  const pool = new Pool(bare.url, { connections: askers });
  for (const one of [raw, sdk, pool]) defer(() => one.close());
  return [
    bareArm(pool),
    queueArm('one by one', raw, sqsUrl, 1),
    queueArm('by tens', raw, sqsUrl, 10),
    queueArm('one by one, SDK', sdk, sqsUrl, 1),
    queueArm('by tens, SDK', sdk, sqsUrl, 10),
  ];
}

function bareArm(pool: Pool): Arm {
  return {
    name: 'bare node:http',
    server: 'bare',
    async run(done) {
      let requests = 0;
      await manyAtOnce(async () => {
        while (!done()) {
          const { body } = await pool.request({ path: '/', method: 'POST', body: message });
          await body.text();
          requests += 1;
        }
      });
      return { messages: requests, requests };
    },
  };
}

/** Each asker has a queue of its own, so that what it receives is what it sent. */
function queueArm(name: string, caller: Caller, sqsUrl: string, size: 1 | 10): Arm {
  return {
    name,
    server: 'cloud',
    async run(done) {
      const counts = { messages: 0, requests: 0 };
      await manyAtOnce(async (asker) => {
        const queue = queueUrl(sqsUrl, asker);
        while (!done()) {
          await (size === 1 ? caller.send(queue, message) : caller.sendTen(queue, message));
          const received = await caller.receive(queue, size);
          const got = received.Messages?.length ?? 0;
          if (got !== size) throw new Error(`${name}: ${got} of ${size} messages came back.`);
          await caller.remove(queue, received);
          counts.messages += size;
          counts.requests += 3;
        }
      });
      return counts;
    },
  };
}

async function manyAtOnce(ask: (asker: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: askers }, (_, asker) => ask(asker)));
}
