// screen/lab-screen.test.ts: what a person sees, and what a log keeps, while an experiment runs.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import {
  blast,
  createFakeClock,
  createFakeTerminal,
  secondOf,
  tellOneArm,
} from './fixtures/lab-events.ts';
import { createLabScreen, type ScreenOptions } from './lab-screen.ts';

const ESCAPE = '\u001b';

function open(isTTY: boolean, options: Partial<ScreenOptions> = {}, columns = 80, rows = 40) {
  const terminal = createFakeTerminal(isTTY, columns, rows);
  const clock = createFakeClock();
  const screen = createLabScreen(terminal.stream, { plain: false, env: {}, ...options }, clock);
  return { ...terminal, clock, screen };
}

/** The last block that was drawn, without colours. */
function lastBlock(written: string): string[] {
  const last = written.split(`${ESCAPE}[J`).at(-1) ?? '';
  return stripVTControlCharacters(last).trimEnd().split('\n');
}

/** What a terminal that obeys "up" and "erase below" still shows in the end. */
function onScreen(written: string): string[] {
  const rows = [''];
  for (const part of written.split('\r')) {
    const up = part.startsWith(`${ESCAPE}[`) ? Number(/\[(\d+)A/.exec(part)?.[1]) : 0;
    if (up > 0) rows.splice(Math.max(0, rows.length - 1 - up), Infinity, '');
    const [first = '', ...rest] = stripVTControlCharacters(part).split('\n');
    rows[rows.length - 1] += first;
    rows.push(...rest);
  }
  return rows;
}

test('on a terminal the block says where the experiment stands and how every feature fares', () => {
  const { screen, clock, read } = open(true);
  screen.begin(blast, 10);
  screen.block({ index: 2, accepted: 1, discarded: 1 });
  tellOneArm(screen, clock);
  const lines = lastBlock(read());
  expect(lines).toHaveLength(12);
  expect(lines.slice(1, 5)).toEqual([
    'E4 Blast radius   block 3 (1 of 10 accepted, 1 discarded)',
    '  warm-up > steady > INJECT > hold > recover',
    '  payments crashes, 2 s left',
    '  monolith (1 of 3)',
  ]);
  expect(lines[5]).toMatch(/^ {2}catalog +██×▅ {2} {3}5 ok\/s {2} 12\.3 ms {2}5 refused$/);
  expect(lines[11]).toMatch(/^ {2}█+░+ {2}10 %, time left: known after the first arm$/);
  screen.end();
});

test('a phase without a length counts up, and its name is in capitals', () => {
  const { screen, clock, read } = open(true);
  screen.begin(blast, 1);
  screen.arm({ name: 'monolith', at: 0, of: 1 });
  screen.phase({ phase: 'preflight', what: 'starting', lengthMs: 0 });
  clock.pass(2500);
  expect(lastBlock(read()).slice(2, 4)).toEqual(['  PREFLIGHT > steady', '  starting, 2 s so far']);
  screen.phase({ phase: 'cooldown', what: '', lengthMs: 1000 });
  expect(lastBlock(read())[2]).toBe('  warm-up > steady > COOLDOWN');
  screen.end();
});

test('the time left is that of the arms to come, at the pace of those that are over', () => {
  const { screen, clock, read } = open(true);
  screen.begin(blast, 2);
  screen.block({ index: 0, accepted: 0, discarded: 0 });
  screen.arm({ name: 'monolith', at: 0, of: 2 });
  clock.pass(20_000);
  screen.arm({ name: 'microservices', at: 1, of: 2 });
  // Twenty seconds of this arm, and forty of the next block.
  expect(lastBlock(read()).at(-1)).toContain('25 %, about 60 s left');
  clock.pass(10_000);
  expect(lastBlock(read()).at(-1)).toContain('25 %, about 50 s left');
  screen.end();
});

test.each([20, 40, 62, 80, 200])('no line is as wide as a terminal of %i columns', (columns) => {
  const { screen, clock, read } = open(true, {}, columns);
  screen.begin({ ...blast, title: 'A title that goes on and on '.repeat(9) }, 10);
  screen.block({ index: 0, accepted: 0, discarded: 0 });
  screen.arm({ name: 'microservices with a breaker\u001b[2J and a retry', at: 0, of: 3 });
  for (let second = 0; second < 300; second += 1) screen.second('a', secondOf(second, 9));
  clock.pass(500);
  const written = read();
  const widths = onScreen(written).map((line) => [...line].length);
  expect(Math.max(...widths)).toBeLessThan(columns);
  expect(written).not.toContain(`${ESCAPE}[2J`);
  screen.end();
});

test('in the end nothing of the block is left, and every note is', () => {
  const { screen, clock, read } = open(true);
  screen.begin(blast, 2);
  screen.block({ index: 0, accepted: 0, discarded: 0 });
  tellOneArm(screen, clock);
  screen.note('Block 1 was discarded: the machine was busy.');
  clock.pass(1000);
  screen.note('Block 2 was discarded: the generator was late.');
  screen.end();
  screen.end();
  clock.pass(1000);
  screen.phase({ phase: 'drain', what: '', lengthMs: 0 });
  expect(onScreen(read())).toEqual([
    'Block 1 was discarded: the machine was busy.',
    'Block 2 was discarded: the generator was late.',
    '',
  ]);
});

test('a program that ends at once takes its block with it', () => {
  const before = process.listeners('exit');
  const { screen, read } = open(true);
  screen.begin(blast, 2);
  const [atExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
  atExit?.(130);
  expect(onScreen(read())).toEqual(['']);
  expect(process.listeners('exit')).toEqual(before);
});

test('a block that a narrower window has wrapped is rubbed out whole', () => {
  const { screen, read, stream, clock } = open(true);
  screen.begin(blast, 2);
  const rows = lastBlock(read()).length;
  stream.columns = 40;
  clock.pass(250);
  const up = Number(/\[(\d+)A/.exec(read())?.[1]);
  expect(up).toBeGreaterThan(rows);
  screen.end();
});

test('a terminal of a few rows gets a block that fits', () => {
  const { screen, read, clock } = open(true, {}, 80, 6);
  screen.begin(blast, 2);
  tellOneArm(screen, clock);
  expect(lastBlock(read()).length).toBeLessThanOrEqual(5);
  screen.end();
});

test('an arm that begins anew forgets the load of the one before', () => {
  const { screen, read, clock } = open(true);
  screen.begin(blast, 2);
  tellOneArm(screen, clock);
  screen.arm({ name: 'microservices', at: 1, of: 3 });
  expect(lastBlock(read()).join()).not.toContain('catalog');
  screen.end();
});

test('as plain lines an arm is one line, with the same facts', () => {
  const { screen, clock, read } = open(false);
  screen.begin(blast, 2);
  screen.block({ index: 0, accepted: 0, discarded: 0 });
  tellOneArm(screen, clock);
  screen.note('Block 1 was discarded: the machine was busy.');
  screen.arm({ name: 'microservices', at: 1, of: 3 });
  clock.pass(2000);
  screen.end();
  screen.end();
  expect(read().split('\n')).toEqual([
    'E4 Blast radius: 2 blocks',
    '  Block 1 was discarded: the machine was busy.',
    '  block 1 (0 of 2 accepted, 0 discarded), monolith (1 of 3): ' +
      '6 s, 150 of 240 ok, 90 refused, p99 at most 12.3 ms',
    '  block 1 (0 of 2 accepted, 0 discarded), microservices (2 of 3): 2 s',
    '',
  ]);
});

test('a long arm is heard of every ten seconds', () => {
  const { screen, clock, read } = open(false);
  screen.begin(blast, 1);
  screen.phase({ phase: 'preflight', what: 'starting the monolith', lengthMs: 0 });
  clock.pass(12_000);
  screen.arm({ name: 'monolith', at: 0, of: 1 });
  screen.phase({ phase: 'hold', what: 'payments is slow', lengthMs: 60_000 });
  clock.pass(35_000);
  const lines = read().trimEnd().split('\n').slice(1);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain(': preflight: starting the monolith');
  expect(lines[1]).toContain('monolith (1 of 1): hold: payments is slow');
  screen.end();
});

test.each([
  ['NO_COLOR', { env: { NO_COLOR: '1' } }],
  ['CI', { env: { CI: 'true' } }],
  ['a dumb terminal', { env: { TERM: 'dumb' } }],
  ['--json', { plain: true }],
])('with %s a terminal gets plain lines as well', (_, options) => {
  const { screen, clock, read } = open(true, options);
  screen.begin(blast, 1);
  tellOneArm(screen, clock);
  screen.end();
  expect(read()).not.toContain(ESCAPE);
});
