// columns/reader-process.ts: one store written, or asked once, in a process that has done nothing else.
// Started by ask-reader.ts; ends when it has answered.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { serveParent, tellParent } from '../load/child.ts';
import { digestOf, firstColumns } from './question.ts';
import type { Desk, OpenDesk, Store } from './store.ts';
import { desksWith, storesWith } from './stores.ts';

/** So many of those that are there, by chance, one by one. */
interface LookUps {
  readonly lookUps: number;
  readonly among: number;
}

/** So many, numbered from `from` on, a transaction each. */
interface Inserts {
  readonly inserts: number;
  readonly from: number;
}

/** To write so many orders, to ask for so many columns, or orders one by one. */
export type Work = { readonly write: number } | { readonly columns: number } | LookUps | Inserts;

export interface Task {
  /** Or a desk, where orders are looked up or inserted. */
  readonly store: string;
  /** Of this store alone. */
  readonly folder: string;
  /** Of this store alone, where it is on PostgreSQL. */
  readonly serverUrl?: string;
  readonly seed: number;
  readonly work: Work;
}

export interface Told {
  /** From after the program is loaded, a desk opened and tried, with threads and servers, ms. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Written, or read; 0 for single orders. */
  readonly bytes: number;
  /** The same for the same answer. */
  readonly digest: string;
}

interface Done {
  readonly bytes: number;
  readonly digest: string;
  readonly otherCpuMs?: number;
}

/** Long ago and always the same: one seed gives one archive. */
const BEFORE = '2026-11-01T00:00:00.000Z';
const ordersOf = (seed: number, count: number) => archivedOrders({ seed, count, before: BEFORE });

function found<Item extends { readonly name: string }>(items: readonly Item[], task: Task): Item {
  const item = items.find(({ name }) => name === task.store);
  if (item === undefined) throw new Error(`There is no store "${task.store}".`);
  return item;
}

/** @returns what is to be measured, after what comes before it */
async function prepared(task: Task): Promise<() => Promise<Done>> {
  const { folder, work, serverUrl } = task;
  const [stores, desks] = [storesWith(serverUrl), desksWith(serverUrl)];
  if ('write' in work) return () => writeAll(found([...stores, ...desks], task), task, work.write);
  if ('columns' in work)
    return async () => {
      const { totals, bytesRead, otherCpuMs } = await found(stores, task).total(
        folder,
        firstColumns(work.columns),
      );
      return { bytes: bytesRead, digest: digestOf(totals), ...(otherCpuMs && { otherCpuMs }) };
    };
  return singly(found(desks, task), task, work);
}

async function writeAll(store: Store | Desk, { folder, seed }: Task, count: number): Promise<Done> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await store.write(folder, ordersOf(seed, count));
  const elsewhere = await store.bytesOnServer?.();
  if (elsewhere !== undefined) return { bytes: elsewhere, digest: '' };
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), digest: '' };
}

/** Opened, and tried with one that is not counted. */
async function singly(
  desk: Desk,
  { folder, seed }: Task,
  work: LookUps | Inserts,
): Promise<() => Promise<Done>> {
  const open = await desk.open(folder);
  const steps = 'lookUps' in work ? lookUps(open, seed, work) : inserts(open, seed, work);
  await steps[0]?.();
  const before = open.otherCpuMs();
  return async () => {
    let rows = 0;
    for (const step of steps.slice(1)) rows += await step();
    const otherCpuMs = open.otherCpuMs() - before;
    await open.close();
    return { bytes: 0, digest: String(rows), otherCpuMs };
  };
}

type Steps = readonly (() => Promise<number>)[];

function lookUps(open: OpenDesk, seed: number, work: LookUps): Steps {
  const random = seededRandom(seed);
  return Array.from({ length: work.lookUps + 1 }, () => {
    const number = Math.floor(random() * work.among);
    return () => open.lookUp(number);
  });
}

/** Made up before: they are not what is measured. */
function inserts(open: OpenDesk, seed: number, work: Inserts): Steps {
  return [...ordersOf(seed, work.inserts + 1)].map((order, at) => async () => {
    await open.insert(order, work.from + at);
    return 1;
  });
}

serveParent(
  async (message) => {
    try {
      const measured = await prepared(message as Task);
      const [cpu, beganMs] = [process.cpuUsage(), performance.now()];
      const { bytes, digest, otherCpuMs = 0 } = await measured();
      const wallMs = performance.now() - beganMs;
      const { user, system } = process.cpuUsage(cpu);
      const cpuMs = (user + system) / 1000 + otherCpuMs;
      tellParent({ bytes, digest, wallMs, cpuMs } satisfies Told);
    } catch (error) {
      tellParent({ failed: (error as Error).message });
    }
    process.disconnect();
  },
  () => process.exit(),
);
tellParent({ ready: true });
