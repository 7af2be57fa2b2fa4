// columns/reader-process.ts: one store written, or asked once, in a process that has done nothing else.
// Started by ask-reader.ts; ends when it has answered.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { serveParent, tellParent } from '../load/child.ts';
import { digestOf, firstColumns } from './question.ts';
import { stores } from './stores.ts';

export interface Task {
  readonly store: string;
  /** Of this store alone. */
  readonly folder: string;
  /** How many orders to write; left out: it is asked for `columns` columns. */
  readonly orders?: number;
  readonly seed: number;
  readonly columns?: number;
}

export interface Told {
  /** From after the program is loaded, with what its threads used, ms. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Written, or read. */
  readonly bytes: number;
  readonly digest: string;
  /** Most memory the process ever had. */
  readonly rssBytes: number;
}

/** Long ago and always the same: one seed gives one archive. */
const BEFORE = '2026-11-01T00:00:00.000Z';

async function work(task: Task): Promise<{ bytes: number; digest: string }> {
  const { folder, orders, seed, columns = 1 } = task;
  const store = stores.find(({ name }) => name === task.store);
  if (store === undefined) throw new Error(`There is no store "${task.store}".`);
  if (orders === undefined) {
    const { totals, bytesRead } = await store.total(folder, firstColumns(columns));
    return { bytes: bytesRead, digest: digestOf(totals) };
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await store.write(folder, archivedOrders({ seed, count: orders, before: BEFORE }));
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), digest: '' };
}

serveParent(
  async (message) => {
    const [cpu, beganMs] = [process.cpuUsage(), performance.now()];
    try {
      const done = await work(message as Task);
      const wallMs = performance.now() - beganMs;
      const { user, system } = process.cpuUsage(cpu);
      const rssBytes = process.resourceUsage().maxRSS * 1024;
      tellParent({ ...done, wallMs, cpuMs: (user + system) / 1000, rssBytes } satisfies Told);
    } catch (error) {
      tellParent({ failed: (error as Error).message });
    }
    process.disconnect();
  },
  () => process.exit(),
);
tellParent({ ready: true });
