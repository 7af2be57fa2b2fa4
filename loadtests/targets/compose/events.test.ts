// targets/compose/events.test.ts: a line of the engine as an event; others' containers are nobody's.
// Run by `npm test`; no engine is needed.
import { expect, test } from 'vitest';
import { eventFrom } from './events.ts';

const line = (Action: string, Attributes: Record<string, string>) =>
  JSON.stringify({ Type: 'container', Action, Actor: { ID: 'f00', Attributes }, timeNano: 7 });
const service = { 'com.docker.compose.service': 'payments' };

test('a death has its exit code; what has none says so', () => {
  expect(eventFrom(line('die', { ...service, exitCode: '137' }))).toEqual({
    service: 'payments',
    action: 'die',
    exitCode: 137,
    timeNs: 7n,
  });
  expect(eventFrom(line('oom', service))?.exitCode).toBeUndefined();
});

test('a container that is no service is left out', () => {
  expect(eventFrom(line('start', { name: 'elsewhere' }))).toBeUndefined();
});
