// simulation/pipelines.test.ts: simulated changes through pipelines of ten minutes, worked by hand.
import { expect, test } from 'vitest';
import type { Change } from './changes.ts';
import { type Traffic, throughOne, throughOwn } from './pipelines.ts';

const tenMinutes = () => 10;

/** Ready at so many minutes; times here are minutes, which the code does not mind. */
const ready = (readyMs: number, more: Partial<Change> = {}): Change => ({
  readyMs,
  team: 0,
  partner: null,
  couplingDraw: 1,
  bad: false,
  ...more,
});

const told = ({ passages }: Traffic) =>
  passages.map(
    ({ readyMs, startMs, endMs, live }) =>
      `${readyMs}: ${startMs} to ${endMs}${live ? '' : ', sent back'}`,
  );

test('a serial pipeline takes one change after the other, in the order in which they are ready', () => {
  const changes = [ready(0), ready(3), ready(4, { bad: true }), ready(50)];
  expect(told(throughOne(changes, 1, tenMinutes))).toEqual([
    '0: 0 to 10',
    '3: 10 to 20',
    '4: 20 to 30, sent back',
    '50: 50 to 60',
  ]);
});

test('a merge queue takes what waits when it is free, and no more than a batch', () => {
  const changes = [0, 1, 2, 3, 11].map((minutes) => ready(minutes));
  expect(told(throughOne(changes, 3, tenMinutes))).toEqual([
    '0: 0 to 10',
    '1: 10 to 20',
    '2: 10 to 20',
    '3: 10 to 20',
    '11: 20 to 30',
  ]);
  expect(told(throughOne(changes, 2, tenMinutes)).slice(3)).toEqual([
    '3: 20 to 30',
    '11: 20 to 30',
  ]);
});

test('a batch that fails is halved until the bad change stands alone', () => {
  // 10: all four fail at 20. 20: [1, 2] pass at 30. 30: [3, 4] fail at 40. Then 3 at 50 and 4 at 60.
  const changes = [ready(0), ready(1), ready(2), ready(3, { bad: true }), ready(4)];
  const traffic = throughOne(changes, 4, tenMinutes);
  expect(told(traffic)).toEqual([
    '0: 0 to 10',
    '1: 10 to 30',
    '2: 10 to 30',
    '3: 10 to 50, sent back',
    '4: 10 to 60',
  ]);
  expect(traffic.runs).toHaveLength(6);
});

test('pipelines of their own do not wait for each other', () => {
  const changes = [ready(0), ready(1, { team: 1 }), ready(2), ready(3, { team: 1, bad: true })];
  expect(told(throughOwn(changes, 0, tenMinutes))).toEqual([
    '0: 0 to 10',
    '1: 1 to 11',
    '2: 10 to 20',
    '3: 11 to 21, sent back',
  ]);
});

test('a coupled change waits for both pipelines and holds up what is behind it in both', () => {
  const changes = [
    ready(0),
    ready(4, { team: 1, partner: 0, couplingDraw: 0.2 }),
    ready(5, { team: 1 }),
    ready(6, { team: 2 }),
    ready(12),
  ];
  const traffic = throughOwn(changes, 0.3, tenMinutes);
  expect(told(traffic)).toEqual([
    '0: 0 to 10',
    '4: 10 to 20',
    '5: 20 to 30',
    '6: 6 to 16',
    '12: 20 to 30',
  ]);
  expect(traffic.runs.map(({ pipelines }) => pipelines)).toEqual([1, 2, 1, 1, 1]);
  // At a share of 0.2 it is not coupled any more.
  expect(told(throughOwn(changes, 0.2, tenMinutes))[1]).toBe('4: 4 to 14');
});

test('two runs in lockstep end with the slower of them', () => {
  const durations = [3, 7, 5];
  const next = () => durations.shift() ?? 0;
  const changes = [ready(0, { partner: 1, couplingDraw: 0 }), ready(1, { team: 1 })];
  expect(told(throughOwn(changes, 1, next))).toEqual(['0: 0 to 7', '1: 7 to 12']);
});
