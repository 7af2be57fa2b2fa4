// chassis/reader-keeper.test.ts: who waits for a reader that ends is refused, and another reader answers.
// Run by vitest; the reader is a fake, the real ones are in shared/test/placements.test.ts.
import { createLogger } from '@lab/shared/runtime/log.ts';
import { expect, test } from 'vitest';
import type { Question } from '../reader.ts';
import { keepReader } from './reader-keeper.ts';
import type { Listener } from './reader-ways.ts';

const log = createLogger('test', 'silent');
const unavailable = { status: 503, code: 'DEPENDENCY_UNAVAILABLE' };

/** One start of a reader that does what the test says. */
interface Life extends Listener {
  readonly asked: Question[];
  wasTold: boolean;
}

async function keptReader() {
  const lives: Life[] = [];
  const keeper = await keepReader((listener) => {
    const life: Life = { ...listener, asked: [], wasTold: false };
    lives.push(life);
    queueMicrotask(() => listener.told('ready'));
    const end = () => {
      life.wasTold = true;
      listener.ended('it was told to');
    };
    return { ask: (question) => void life.asked.push(question), end };
  }, log);
  return { keeper, lives, first: lives[0] as Life };
}

test('answers reach who asked, in whatever order they come', async () => {
  const { keeper, first } = await keptReader();
  const [one, two] = [keeper.all('SELECT $1', [1]), keeper.all('SELECT $1', [2])];
  expect(first.asked.map(({ params }) => params)).toEqual([[1], [2]]);
  for (const { id, params } of [...first.asked].reverse()) first.told({ id, rows: [...params] });
  expect([await one, await two]).toEqual([[1], [2]]);
  await keeper.close();
});

test('what the database refuses is an error of its own, and the reader lives on', async () => {
  const { keeper, lives, first } = await keptReader();
  const asked = keeper.all('SELEKT');
  first.told({ id: first.asked[0]?.id ?? 0, failure: 'near "SELEKT": syntax error' });
  await expect(asked).rejects.toThrow('syntax error');
  expect(lives).toHaveLength(1);
  await keeper.close();
});

test('a reader that ends takes nobody’s answer along, and another one starts', async () => {
  const { keeper, lives, first } = await keptReader();
  const underWay = [keeper.all('SELECT 1'), keeper.all('SELECT 2')];
  first.ended('SIGKILL');
  for (const one of underWay) await expect(one).rejects.toMatchObject(unavailable);
  await expect(keeper.all('SELECT 3')).rejects.toMatchObject(unavailable);
  await expect.poll(() => lives.length, { timeout: 20_000 }).toBe(2);
  const asked = keeper.all('SELECT 4');
  lives[1]?.told({ id: lives[1].asked[0]?.id ?? 0, rows: [4] });
  expect(await asked).toEqual([4]);
  await keeper.close();
});

test('a close ends the reader, refuses who waits, and starts no other', async () => {
  const { keeper, lives, first } = await keptReader();
  const underWay = expect(keeper.all('SELECT 1')).rejects.toMatchObject(unavailable);
  await keeper.close();
  await underWay;
  expect(first.wasTold).toBe(true);
  expect(lives).toHaveLength(1);
  await expect(keeper.all('SELECT 2')).rejects.toMatchObject(unavailable);
});

test('a close while no reader is there waits for none', async () => {
  const { keeper, lives, first } = await keptReader();
  first.ended('SIGKILL');
  await keeper.close();
  expect(lives).toHaveLength(1);
});

test('a first reader that does not come up stops the start in one sentence', async () => {
  const start = ({ ended }: Listener) => {
    queueMicrotask(() => ended('exit code 1'));
    return { ask: () => {}, end: () => {} };
  };
  await expect(keepReader(start, log)).rejects.toThrow(
    'The reader of reports did not start (exit code 1); see the log.',
  );
});
