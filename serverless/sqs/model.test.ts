// sqs/model.test.ts: random histories with restarts in between, held to a model of a few lines.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type SqsServer, startSqs } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Step =
  | { readonly op: 'send'; readonly group: string; readonly delaySeconds: number }
  | { readonly op: 'receive'; readonly most: number; readonly seconds: number }
  | { readonly op: 'delete' | 'give back'; readonly which: number }
  | { readonly op: 'pass'; readonly seconds: number }
  | { readonly op: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('send' as const),
      group: fc.constantFrom('alice', 'bob', 'carol'),
      delaySeconds: fc.constantFrom(0, 0, 5),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('receive' as const),
      most: fc.integer({ min: 1, max: 10 }),
      seconds: fc.constantFrom(0, 5, 30),
    }),
  },
  fc.record({ op: fc.constantFrom('delete' as const, 'give back' as const), which: fc.nat() }),
  fc.record({ op: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ op: fc.constant('restart' as const) }),
);

/** What a message is to the model; `body` is its number, in the order of sending. */
interface Modelled {
  readonly body: string;
  readonly group: string;
  hiddenUntilMs: number;
  wasReceived: boolean;
  handle: string;
}

interface Received {
  readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[];
}

/** A queue under test beside its model: each step is done to both, and they must agree. */
async function createSubject(isFifo: boolean, journalFile: string) {
  const clock = { ms: 0 };
  const start = () => startSqs({ port: 0, host: '127.0.0.1', journalFile, now: () => clock.ms });
  let server: SqsServer = await start();
  const QueueName = isFifo ? 'orders.fifo' : 'orders';
  const Attributes = isFifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
  const made = await server.call('CreateQueue', { QueueName, Attributes });
  const { QueueUrl } = made as { QueueUrl: string };
  const kept = new Map<string, Modelled>();
  let sent = 0;

  async function send(group: string, delaySeconds: number): Promise<void> {
    const body = String(sent++);
    const delay = isFifo ? 0 : delaySeconds;
    const ids = isFifo ? { MessageGroupId: group } : { DelaySeconds: delay };
    await server.call('SendMessage', { QueueUrl, MessageBody: body, ...ids });
    const hiddenUntilMs = clock.ms + delay * 1000;
    kept.set(body, { body, group, hiddenUntilMs, wasReceived: false, handle: '' });
  }

  async function receive(most: number, seconds: number): Promise<void> {
    const options = { MaxNumberOfMessages: most, VisibilityTimeout: seconds };
    const { Messages = [] } = (await server.call('ReceiveMessage', {
      QueueUrl,
      ...options,
    })) as Received;
    const bodies = Messages.map(({ Body }) => Body);
    const may = isFifo ? firstOfFreeGroups(kept, clock.ms) : visible(kept, clock.ms);
    expect(bodies).toHaveLength(Math.min(most, may.length));
    expect(may.map(({ body }) => body)).toEqual(expect.arrayContaining(bodies));
    if (isFifo) expectOldestFirst(kept, bodies);
    for (const { Body, ReceiptHandle } of Messages) {
      const message = kept.get(Body) as Modelled;
      message.hiddenUntilMs = clock.ms + seconds * 1000;
      message.wasReceived = true;
      message.handle = ReceiptHandle;
    }
  }

  /** Of those in flight, the one that `which` hits. */
  async function settle(op: 'delete' | 'give back', which: number): Promise<void> {
    const inFlight = [...kept.values()].filter(
      ({ hiddenUntilMs, wasReceived }) => wasReceived && hiddenUntilMs > clock.ms,
    );
    const message = inFlight[which % inFlight.length];
    if (message === undefined) return;
    const handle = { QueueUrl, ReceiptHandle: message.handle };
    if (op === 'delete') {
      await server.call('DeleteMessage', handle);
      kept.delete(message.body);
    } else {
      await server.call('ChangeMessageVisibility', { ...handle, VisibilityTimeout: 0 });
      message.hiddenUntilMs = clock.ms;
    }
  }

  async function run(step: Step): Promise<void> {
    if (step.op === 'send') await send(step.group, step.delaySeconds);
    else if (step.op === 'receive') await receive(step.most, step.seconds);
    else if (step.op === 'pass') clock.ms += step.seconds * 1000;
    else if (step.op === 'restart') {
      await server.close();
      server = await start();
    } else await settle(step.op, step.which);
  }

  return { run, close: () => server.close() };
}

function visible(kept: ReadonlyMap<string, Modelled>, nowMs: number): Modelled[] {
  return [...kept.values()].filter(({ hiddenUntilMs }) => hiddenUntilMs <= nowMs);
}

/** Of every group that has none in flight. */
function firstOfFreeGroups(kept: ReadonlyMap<string, Modelled>, nowMs: number): Modelled[] {
  const isBusy = (group: string) =>
    [...kept.values()].some((one) => one.group === group && one.hiddenUntilMs > nowMs);
  return visible(kept, nowMs).filter(({ group }) => !isBusy(group));
}

/** What came of a group is what was sent first of it, in order, with nothing left out. */
function expectOldestFirst(kept: ReadonlyMap<string, Modelled>, bodies: readonly string[]): void {
  for (const group of new Set([...kept.values()].map((message) => message.group))) {
    const ofGroup = [...kept.values()].filter((message) => message.group === group);
    const came = bodies.filter((body) => kept.get(body)?.group === group);
    expect(came).toEqual(ofGroup.slice(0, came.length).map(({ body }) => body));
  }
}

test.each([
  ['standard', false],
  ['FIFO', true],
])('a %s queue does what the model does, restarts included', async (_kind, isFifo) => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const subject = await createSubject(isFifo, join(folder, `${isFifo}-${runs++}.jsonl`));
      try {
        for (const one of steps) await subject.run(one);
        // In the end whatever is left comes out.
        await subject.run({ op: 'pass', seconds: 60 });
        await subject.run({ op: 'receive', most: 10, seconds: 30 });
      } finally {
        await subject.close();
      }
    }),
    { numRuns: 60 },
  );
});
