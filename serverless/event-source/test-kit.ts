// event-source/test-kit.ts: a queue, a mapping and what became of both, for the tests beside it.
// The queue is the local SQS with a clock that stands still, the function one of the local Lambda.
import type { SQSRecord } from 'aws-lambda';
import { expect, onTestFinished } from 'vitest';
import { serviceInvoke } from '../lambda/service-invoke.ts';
import { patience, type TestLambda } from '../lambda/test-kit.ts';
import { attributeOf, type Lab, makeQueueWithDeadLetters, startLab } from '../sqs/test-kit.ts';
import { type EventSourceMapping, startEventSourceMapping } from './event-source.ts';
import type { MappingEvent } from './events.ts';
import type { MappingConfig } from './settings.ts';

export interface Rig extends Lab {
  readonly queue: string;
  readonly queueArn: string;
  /** The queue behind it. */
  readonly dead: string;
  /** Of every mapping of this rig. */
  readonly events: readonly MappingEvent[];
  /** Closed when the test is over. */
  map(config: Partial<MappingConfig>): Promise<EventSourceMapping>;
  /** Moves the clock and has whoever waits for messages look again. */
  pass(ms: number): Promise<void>;
  /** Messages of the queue that nobody has, and that somebody has. */
  counts(): { visible: number; inFlight: number };
}

interface RigOptions {
  /** `.fifo` for a FIFO queue. */
  readonly suffix?: string;
  readonly maxReceiveCount?: number;
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const lab = await startLab();
  const made = await makeQueueWithDeadLetters(lab, { maxReceiveCount: 100, ...options });
  const { queue, queueArn } = made;
  const events: MappingEvent[] = [];
  return {
    ...{ ...lab, ...made, events },
    async map(config) {
      const mapping = await startEventSourceMapping({
        ...{ sqs: lab.server.call, queueUrl: queue, queueArn, functionName: 'worker' },
        invoke: async () => ({ statusCode: 200, payload: 'null' }),
        onEvent: (event) => events.push(event),
        ...config,
      });
      onTestFinished(() => mapping.close());
      return mapping;
    },
    async pass(ms) {
      lab.clock.ms += ms;
      const VisibilityTimeout = await attributeOf(lab, queue, 'VisibilityTimeout');
      const Attributes = { VisibilityTimeout };
      await lab.server.call('SetQueueAttributes', { QueueUrl: queue, Attributes });
    },
    counts() {
      const state = lab.server.queues().find(({ url }) => url === queue);
      return { visible: state?.visible ?? 0, inFlight: state?.inFlight ?? 0 };
    },
  };
}

/** A mapping to a function that prints its records; then `rest` of its body runs. */
export async function mapTo(
  rig: Rig,
  lambda: TestLambda,
  rest = '',
  config: Partial<MappingConfig> = {},
): Promise<{ name: string; mapping: EventSourceMapping }> {
  const name = `worker-${lambda.events.length}-${Math.random().toString(36).slice(2, 8)}`;
  const source = `
    import { existsSync } from 'node:fs';
    export async function handler({ Records }) {
      process.stdout.write(JSON.stringify(Records) + '\\n');
      const bodies = Records.map(({ body }) => body);
      ${rest}
    }`;
  lambda.define(name, source, { timeoutSeconds: 30 });
  const invoke = serviceInvoke(lambda);
  const mapping = await rig.map({ invoke, functionName: name, maximumConcurrency: 2, ...config });
  onTestFinished(() => lambda.deleteFunction(name));
  return { name, mapping };
}

/** The batches that a function has got so far, in the order in which they came. */
export function batchesOf(lambda: TestLambda, name: string): SQSRecord[][] {
  return lambda.lines(name).flatMap((line) => (line.startsWith('[{') ? [JSON.parse(line)] : []));
}

export function bodiesOf(lambda: TestLambda, name: string): string[] {
  return batchesOf(lambda, name).flatMap((records) => records.map(({ body }) => body));
}

/** @param kind of the last event that a test waits for, so many times */
export async function untilEvents(rig: Rig, kind: MappingEvent['kind'], count = 1): Promise<void> {
  await expect
    .poll(() => rig.events.filter((event) => event.kind === kind).length, patience)
    .toBeGreaterThanOrEqual(count);
}

export async function untilEmpty(rig: Rig): Promise<void> {
  await expect.poll(rig.counts, patience).toEqual({ visible: 0, inFlight: 0 });
}
