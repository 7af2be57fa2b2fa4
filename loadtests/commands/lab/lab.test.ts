// commands/lab/lab.test.ts: every subcommand explains itself, and a mistake ends in one sentence.
import { expect, test } from 'vitest';
import { spawnLab } from './spawn-lab.ts';

async function mistake(args: readonly string[]): Promise<string> {
  const { printed, ended } = spawnLab(args);
  expect(await ended).toBe(2);
  expect(printed.out).toBe('');
  expect(printed.err.trim().split('\n')).toHaveLength(1);
  return printed.err;
}

test.each([
  [['dance'], 'The lab has no subcommand "dance": choose one of list, run'],
  [['toString'], 'The lab has no subcommand "toString"'],
  [['list', 'all'], "Unexpected argument 'all'"],
  [['run'], 'Say which experiments to run'],
  [['run', 'e99'], 'There is no experiment "e99": choose one of'],
  [['run', '--loud'], "Unknown option '--loud': `npm run lab -- run --help` lists the flags."],
  [['report'], 'Give one folder'],
  [['report', '/no/where'], '/no/where/result.json cannot be read'],
  [['heal', '--port-base', '80'], '--port-base is "80": give a whole number'],
  [['doctor', '--fast'], "Unknown option '--fast'"],
  [['load', '--rate', '1e2'], '--rate is "1e2": give a number from 0.1 to 5000.'],
  [['load', '--rate', 'much'], '--rate is "much": give a number from 0.1 to 5000.'],
  [['load', '--duration', '601'], '--duration is "601": give a number from 1 to 600.'],
  [['load', '--seed', '1.5'], '--seed is "1.5": give a whole number'],
  [['load', '--scenario', 'riot'], '--scenario is "riot": choose one of browse'],
  [['load', '--arrivals', 'never'], '--arrivals is "never": choose one of constant, poisson.'],
  [['load', '--url', 'http://example.org'], 'Load goes to http://127.0.0.1 only'],
  [['coupling', 'both'], 'The coupling is "both": it must be sync or queue.'],
  [['coupling', 'sync', 'queue'], 'One coupling at a time: "queue" is too much.'],
  [['coupling', '--url', 'shop'], '--url is "shop": give an address'],
  [['coupling', '--url', 'http://127.0.0.1:9'], 'Nothing answers at http://127.0.0.1:9'],
  [['console', '--microservices', 'shop'], '--microservices is "shop": give an address'],
  [['console', '--port', 'http'], '--port is "http": give a whole number from 0 to 65535.'],
  [['dremel', '--orders', '0'], '--orders is "0": give a whole number from 1 to 20000.'],
  [['dremel', '--port', 'http'], '--port is "http": give a whole number from 0 to 65535.'],
  [['dremel', '--into', 'README.md'], 'README.md, which is there and no such page'],
  [['dremel', '--into', '/no/where.html'], 'There is no folder /no'],
  [['load', '--url', 'http://127.0.0.1:9'], 'Nothing answers at http://127.0.0.1:9'],
])('%j ends in a sentence', async (args, sentence) => {
  expect(await mistake(args)).toContain(sentence);
});

test('every subcommand explains itself within 80 columns', async () => {
  const { printed, ended } = spawnLab([]);
  expect(await ended).toBe(0);
  const names = [...printed.out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  expect(names).toEqual(
    expect.arrayContaining(['list', 'run', 'report', 'heal', 'doctor', 'audit', 'load']),
  );
  const helps = names.map((name) => spawnLab([name, '--help']));
  for (const [index, help] of helps.entries()) {
    expect(await help.ended, names[index]).toBe(0);
    expect(help.printed.out).toContain('npm run');
    const widths = help.printed.out.split('\n').map((line) => line.length);
    expect(Math.max(...widths), names[index]).toBeLessThanOrEqual(80);
  }
});

test('the list is printed whatever it holds', async () => {
  const { printed, ended } = spawnLab(['list']);
  expect(await ended).toBe(0);
  expect(printed.out).not.toBe('');
});

test('the doctor looks at everything, and its exit code is its verdict', async () => {
  const { printed, ended } = spawnLab(['doctor', '--port-base', '16900']);
  const code = await ended;
  for (const what of ['Node', 'cores', 'memory', 'disk', 'ports', 'CPU of others', 'taskset'])
    expect(printed.out).toMatch(new RegExp(`^[✓~·✗] .*${what}`, 'm'));
  expect(code).toBe(printed.out.includes('✗') ? 2 : 0);
  expect(printed.out).toMatch(code === 0 ? /✓ An experiment can be run/ : /prevent/);
});
