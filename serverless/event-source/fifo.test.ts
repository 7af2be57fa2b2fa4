// event-source/fifo.test.ts: FIFO queues: the order of a group is kept, whatever happens to a batch.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patience, startTestLambda, type TestLambda } from '../lambda/test-kit.ts';
import { sendInGroup } from '../sqs/test-kit.ts';
import { batchesOf, bodiesOf, mapTo, startRig, untilEmpty, untilEvents } from './test-kit.ts';

let lambda: TestLambda;

beforeAll(async () => {
  lambda = await startTestLambda();
});
afterAll(() => lambda.close());

async function withGroups(...bodies: string[]) {
  const rig = await startRig({ suffix: '.fifo' });
  for (const body of bodies) await sendInGroup(rig, rig.queue, body[0] ?? '', body);
  return rig;
}

const ofGroup = (name: string, group: string) =>
  bodiesOf(lambda, name).filter((body) => body.startsWith(group));

test('the messages of a group come in their order, in one invocation after another', async () => {
  const bodies = [1, 2, 3, 4, 5].flatMap((i) => [`a${i}`, `b${i}`, `c${i}`]);
  const rig = await withGroups(...bodies);
  const { name } = await mapTo(rig, lambda, '', { batchSize: 2 });
  await untilEmpty(rig);
  for (const group of ['a', 'b', 'c'])
    expect(ofGroup(name, group)).toEqual([1, 2, 3, 4, 5].map((i) => `${group}${i}`));
});

test('its records carry group, deduplication id and sequence number', async () => {
  const rig = await withGroups('a1');
  const { name } = await mapTo(rig, lambda);
  await untilEmpty(rig);
  expect(batchesOf(lambda, name)[0]?.[0]?.attributes).toMatchObject({
    MessageGroupId: 'a',
    MessageDeduplicationId: 'a1',
    SequenceNumber: expect.stringMatching(/^\d{20}$/),
  });
});

test('a failure holds its group back until the message comes again, and no other group', async () => {
  const rig = await withGroups('a1', 'a2', 'b1');
  const first = "Records[0].attributes.ApproximateReceiveCount === '1'";
  const rest = `if (bodies[0] === 'a1' && ${first}) throw new Error('no');`;
  const { name } = await mapTo(rig, lambda, rest, { batchSize: 1 });
  await untilEvents(rig, 'failure');
  await expect.poll(() => ofGroup(name, 'b'), patience).toEqual(['b1']);
  expect(ofGroup(name, 'a')).toEqual(['a1']);
  await rig.pass(30_000);
  await untilEmpty(rig);
  expect(ofGroup(name, 'a')).toEqual(['a1', 'a1', 'a2']);
});

test('after a failure the rest of a batch that was split is left alone', async () => {
  const rig = await startRig({ suffix: '.fifo' });
  for (const digit of '01234567')
    await rig.server.call('SendMessage', {
      QueueUrl: rig.queue,
      MessageBody: digit.repeat(1_000_000),
      MessageGroupId: 'a',
      MessageDeduplicationId: digit,
    });
  let invocations = 0;
  const mapping = await rig.map({
    invoke: async () => {
      invocations += 1;
      return { statusCode: 200, payload: '{}', functionError: 'Unhandled' };
    },
  });
  await expect.poll(() => mapping.state().kept, patience).toBe(8);
  expect(invocations).toBe(1);
  expect(rig.counts()).toEqual({ visible: 0, inFlight: 8 });
});
