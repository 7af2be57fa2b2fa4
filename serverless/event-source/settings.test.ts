// event-source/settings.test.ts: settings that AWS refuses, and how the number of pollers changes.
import { expect, test, vi } from 'vitest';
import { patience } from '../lambda/test-kit.ts';
import { sendAll } from '../sqs/test-kit.ts';
import { createScaling } from './scaling.ts';
import type { MappingConfig } from './settings.ts';
import { startRig, untilEmpty } from './test-kit.ts';

const refused: [config: Partial<MappingConfig>, words: string][] = [
  [{ batchSize: 0 }, 'BatchSize'],
  [{ batchSize: 10_001, windowMs: 1000 }, 'BatchSize'],
  [{ batchSize: 11 }, 'Maximum batch window'],
  [{ batchSize: 11, windowMs: 999 }, 'Maximum batch window'],
  [{ windowMs: 300_001 }, 'window'],
  [{ maximumConcurrency: 1 }, 'MaximumConcurrency'],
  [{ maximumConcurrency: 1001 }, 'MaximumConcurrency'],
  [{ maximumConcurrency: 2.5 }, 'MaximumConcurrency'],
];

test.each(refused)('%j is refused', async (config, words) => {
  const rig = await startRig();
  const mapping = rig.map(config);
  await expect(mapping).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await expect(mapping).rejects.toThrow(words);
});

test.each([
  [{ batchSize: 11, windowMs: 1000 }, 'BatchSize'],
  [{ windowMs: 1000 }, 'FIFO'],
])('%j is refused for a FIFO queue', async (config, words) => {
  const rig = await startRig({ suffix: '.fifo' });
  await expect(rig.map(config)).rejects.toThrow(words);
});

test('the queue must hide its messages for as long as the function may run', async () => {
  const rig = await startRig();
  await expect(rig.map({ functionTimeoutSeconds: 31 })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
  });
  await rig.map({ functionTimeoutSeconds: 30 });
});

test('a queue that is not there is refused', async () => {
  const rig = await startRig();
  await expect(rig.map({ queueUrl: `${rig.queue}-gone` })).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});

test('there are five pollers at first, or as many as may be', () => {
  expect(createScaling(1250).wanted()).toBe(5);
  expect(createScaling(2).wanted()).toBe(2);
});

test('pollers grow to the limit, rest down to the first five, back off down to one', () => {
  const scaling = createScaling(7);
  expect([1, 2, 3].map(() => scaling.more())).toEqual([true, true, false]);
  expect(scaling.wanted()).toBe(7);
  for (let i = 0; i < 9; i += 1) scaling.rest();
  expect(scaling.wanted()).toBe(5);
  for (let i = 0; i < 9; i += 1) scaling.backOff();
  expect(scaling.wanted()).toBe(1);
  scaling.rest();
  expect(scaling.wanted()).toBe(1);
});

test('while every poller works there are more and more of them', async () => {
  const rig = await startRig();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const warnings = vi.spyOn(process, 'emitWarning');
  await sendAll(rig, rig.queue, [...'abcdefghij']);
  const mapping = await rig.map({
    batchSize: 1,
    invoke: async () => {
      await held;
      return { statusCode: 200, payload: 'null' };
    },
  });
  expect(mapping.state().pollers).toBe(5);
  await expect.poll(() => mapping.state().busy, patience).toBe(10);
  await expect.poll(() => mapping.state().pollers, patience).toBe(11);
  letGo();
  await untilEmpty(rig);
  const waiting = () => rig.server.queues().find(({ url }) => url === rig.queue)?.waiting;
  await expect.poll(waiting, patience).toBe(11);
  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
});
