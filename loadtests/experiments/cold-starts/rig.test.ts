// cold-starts/rig.test.ts: the wait for provisioned places ends, whether they come or not.
import { expect, test } from 'vitest';
import { untilReady } from './rig.ts';

function looks(...statuses: string[]) {
  let made = 0;
  const look = async () => statuses[made++] ?? 'IN_PROGRESS';
  return { look, made: () => made };
}

test('places that come are waited for, and not a look longer', async () => {
  const { look, made } = looks('IN_PROGRESS', 'READY');
  await untilReady('cold-1', look, 3);
  expect(made()).toBe(2);
});

test('places that never come end in a sentence', async () => {
  const { look, made } = looks();
  await expect(untilReady('cold-1', look, 3)).rejects.toMatchObject({
    name: 'CannotStart',
    message: 'The provisioned places of cold-1 are still IN_PROGRESS after 3 looks.',
  });
  expect(made()).toBe(3);
});
