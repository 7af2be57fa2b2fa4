// targets/queue.test.ts: who gets a queue process, and what the others are told of it.
import { expect, test } from 'vitest';
import { queueEnvironment, withQueue } from './queue.ts';
import { targetsAt } from './targets.ts';

const { monolith, microservices } = targetsAt();
const namesOf = ({ components }: typeof monolith) => components.map(({ name }) => name);

test('services have a queue where a coupling is asked for, whichever, and only once', () => {
  expect(namesOf(withQueue(microservices, {}))).toEqual(namesOf(microservices));
  for (const coupling of ['sync', 'queue'] as const) {
    const coupled = withQueue(microservices, { coupling });
    expect(namesOf(coupled)).toEqual([...namesOf(microservices), 'queue']);
    expect(coupled.components.at(-1)?.port).toBe(4007);
    expect(withQueue(coupled, { coupling })).toBe(coupled);
  }
});

test('the monolith has nothing to couple', () => {
  const wish = { coupling: 'queue' } as const;
  expect(withQueue(monolith, wish)).toBe(monolith);
  expect(queueEnvironment(monolith, wish)).toEqual({});
});

test('everybody is told where the queues are, but of none that nobody asked for', () => {
  const wish = { coupling: 'sync' } as const;
  expect(queueEnvironment(withQueue(microservices, wish), wish)).toMatchObject({
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:4007',
    REPORTS_QUEUE_URL: 'http://127.0.0.1:4007/000000000000/shop-reports-events',
  });
  expect(queueEnvironment(microservices, {})).toEqual({});
});

test('another SQS takes its place, and is where the queues are then', () => {
  const env = { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9324' };
  const wish = { coupling: 'queue', env } as const;
  expect(withQueue(microservices, wish)).toBe(microservices);
  expect(queueEnvironment(microservices, wish)).toMatchObject({
    NOTIFICATIONS_QUEUE_URL: 'http://127.0.0.1:9324/000000000000/shop-notifications-events',
  });
});
