// live/faults.test.ts: who took a fault, how long it goes on, and what a drill tells of it.
// The shapes are small servers that keep a fault as a switchboard does.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { RunningTarget } from '../../targets/platform.ts';
import { targetsAt } from '../../targets/targets.ts';
import { createDrill } from './drill.ts';
import { createFaults } from './faults.ts';
import { createHistory } from './history.ts';

const order = { component: 'payments', percent: 100, durationMs: 60_000 } as const;

async function shapeThat(name: 'monolith' | 'microservices' | 'serverless', takes = true) {
  let fault: object | null = null;
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (request.method === 'PUT' && takes) fault = JSON.parse(body);
    if (request.method === 'DELETE') fault = null;
    response.statusCode = request.method === 'PUT' && !takes ? 400 : 200;
    response.end(
      JSON.stringify({ components: [{ component: 'payments', fault }], unreachable: [] }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const target = targetsAt()[name];
  const status = { state: 'ready' };
  const killed: string[] = [];
  const running = {
    target,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    components: target.components.map((one) => ({ name: one.name, ...status })),
    kill: (victim: string) => killed.push(victim),
  } as unknown as RunningTarget;
  const heal = () => {
    fault = null;
  };
  return { running, killed, heal };
}

function board(...shapes: { running: RunningTarget }[]) {
  const targets = shapes.map(({ running }) => running);
  const names = targets.map(({ target }) => target.name);
  const history = createHistory(names);
  return { history, names, faults: createFaults(targets, 'key', history) };
}
const noticed = () => new Promise((resolve) => setTimeout(resolve, 350));

test('only a shape that took the fault is said to have it', async () => {
  const { faults, names, history } = board(
    await shapeThat('monolith'),
    await shapeThat('microservices', false),
  );
  const problems = await faults.strike({ ...order, kind: 'error', shapes: names });
  expect(problems).toEqual([expect.stringMatching(/^microservices: payments refused/)]);
  expect(faults.list()).toMatchObject([{ kind: 'error', shapes: ['monolith'] }]);
  expect(history.markers().map(({ shape }) => shape)).toEqual(['monolith']);
});

test('a fault goes on until it is gone from a shape, in each by itself', async () => {
  const [one, other] = [await shapeThat('monolith'), await shapeThat('microservices')];
  const { faults, names } = board(one, other);
  await faults.strike({ ...order, kind: 'error', shapes: names });
  await noticed();
  await faults.look();
  expect(faults.list()[0]?.shapes).toEqual(names);
  one.heal();
  await faults.look();
  expect(faults.list()[0]?.shapes).toEqual(['microservices']);
  await faults.healAll();
  await faults.look();
  expect(faults.list()).toEqual([]);
});

test('a kill goes on until the process is back, and a function has none to kill', async () => {
  const [house, cloud] = [await shapeThat('microservices'), await shapeThat('serverless')];
  const { faults, names } = board(house, cloud);
  const problems = await faults.strike({ ...order, kind: 'kill', shapes: names });
  expect(house.killed).toEqual(['payments']);
  expect(problems).toEqual([expect.stringContaining('serverless: payments has no process')]);
  const status = house.running.components.find(({ name }) => name === 'payments');
  Object.assign(status ?? {}, { state: 'waiting' });
  await noticed();
  await faults.look();
  expect(faults.list()).toHaveLength(1);
  Object.assign(status ?? {}, { state: 'ready' });
  await faults.look();
  expect(faults.list()).toEqual([]);
});

test('a drill hides what it broke until it is revealed, and the same number is the same drill', async () => {
  const shape = await shapeThat('monolith');
  const answers = [];
  for (const seed of [7, 7, 8, 9, 10]) {
    const { faults, names, history } = board(shape);
    const drill = createDrill(faults);
    expect(await drill.start(seed, names)).toEqual([]);
    expect(drill.now?.answer).toBeNull();
    expect([faults.list(), history.markers(), history.happenings()]).toEqual([[], [], []]);
    await drill.reveal();
    answers.push(JSON.stringify(drill.now?.answer));
  }
  expect(answers[0]).toBe(answers[1]);
  expect(new Set(answers).size).toBeGreaterThan(1);
});

test('a drill that no shape took is none, and does not tell what it would have been', async () => {
  const { faults, names } = board(await shapeThat('monolith', false));
  const drill = createDrill(faults);
  expect(await drill.start(1, names)).toEqual(['1 of 1 shapes did not take the fault.']);
  expect(drill.now).toBeNull();
});
