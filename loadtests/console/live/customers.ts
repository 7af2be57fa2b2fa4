// live/customers.ts: the load on every shape, started, changed and stopped from the page.
// Called by orders.ts, in turn; each shape has a generator of its own, all with the same seed.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, startAttack } from '../../load/start-attack.ts';
import type { TimedRow } from './happening.ts';
import type { Customers } from './live-state.ts';
import { type RowTail, tailRows } from './row-tail.ts';

export type LoadWish = Omit<Customers, 'loads'>;

export interface Load {
  readonly now: Customers;
  /** Of the rows: `<shape>-<n>.jsonl`, one for each load since the last reset. */
  readonly folder: string;
  /** Starts, changes or stops; resolves when every generator has done so. Not to be called twice at once. */
  set(wish: LoadWish): Promise<void>;
  /** Stops, and forgets the rows: whoever counts them begins at 0. */
  reset(): Promise<void>;
  /** Rows that came since the last call. */
  take(): { readonly shape: string; readonly rows: readonly TimedRow[] }[];
}

export interface LoadOptions {
  readonly shapes: readonly { readonly name: string; readonly baseUrl: string }[];
  readonly customerKey: string;
  /** Absolute; made anew. */
  readonly folder: string;
}

interface Generator {
  readonly shape: string;
  readonly attack: Attack;
  readonly startedAtMs: number;
  readonly tail: RowTail;
}

export function createLoad(options: LoadOptions): Load {
  let now: Customers = { running: false, rateRps: 20, scenario: 'mixed', loads: 0 };
  let generators: readonly Generator[] = [];
  let left: { shape: string; rows: TimedRow[] }[] = [];
  emptyFolder(options.folder);

  let stopping: Promise<void> = Promise.resolve();
  /** One after the other: a load that ends by itself may be about to. */
  const stop = () => {
    stopping = stopping.then(stopNow);
    return stopping;
  };

  async function stopNow(): Promise<void> {
    const old = generators;
    generators = [];
    now = { ...now, running: false };
    await Promise.all(old.map(({ attack }) => attack.stop().catch(() => undefined)));
    left = [...left, ...old.map(rowsOf)];
  }

  /** After half an hour, or the death of one: a shape must not have customers that the others have not. */
  async function stopWhenOver(generator: Generator): Promise<void> {
    await generator.attack.finished.catch(() => undefined);
    if (generators.includes(generator)) await stop();
  }

  return {
    get now() {
      return now;
    },
    folder: options.folder,
    async set(wish) {
      await stop();
      now = { ...now, ...wish, running: false };
      if (!wish.running) return;
      const loads = now.loads + 1;
      // Before the start: one that fails has a number, and perhaps rows, of its own.
      now = { ...now, loads };
      generators = await startAll(options, wish, loads);
      now = { ...wish, loads };
      for (const generator of generators) void stopWhenOver(generator);
    },
    async reset() {
      await stop();
      left = [];
      now = { ...now, loads: 0 };
      emptyFolder(options.folder);
    },
    take() {
      const some = [...left, ...generators.map(rowsOf)];
      left = [];
      return some;
    },
  };
}

function emptyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Each begins as soon as it is ready, within a second or so of the others. */
async function startAll(
  { shapes, customerKey, folder }: LoadOptions,
  { rateRps, scenario }: LoadWish,
  number: number,
): Promise<Generator[]> {
  const plan = { scenario, rateRps, arrivals: 'poisson', seed: number } as const;
  const starts: Omit<Generator, 'startedAtMs'>[] = [];
  try {
    for (const { name, baseUrl } of shapes) {
      const rowsFile = join(folder, `${name}-${number}.jsonl`);
      // Refuses at once to send anything to another machine.
      const attack = startAttack({ ...plan, baseUrl, keys: { customer: customerKey }, rowsFile });
      starts.push({ shape: name, attack, tail: tailRows(rowsFile) });
    }
    const times = await Promise.all(starts.map(({ attack }) => attack.started));
    return starts.map((start, at) => ({ ...start, startedAtMs: times[at] ?? Number.NaN }));
  } catch (error) {
    await Promise.all(starts.map(({ attack }) => attack.stop().catch(() => undefined)));
    throw error;
  }
}

function rowsOf({ shape, startedAtMs, tail }: Generator): { shape: string; rows: TimedRow[] } {
  return { shape, rows: tail.take().map((row) => ({ atMs: startedAtMs + row.t, row })) };
}
