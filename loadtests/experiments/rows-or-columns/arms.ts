// rows-or-columns/arms.ts: writes the archive once for each store; each block asks all of them.
// Called by experiments/rows-or-columns.ts.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { postgresMissing, startPostgres } from '@lab/shared/test/postgres-server.ts';
import { askReader, buildReader } from '../../columns/ask-reader.ts';
import type { Told, Work } from '../../columns/reader-process.ts';
import { desksWith, storesWith } from '../../columns/stores.ts';
import type { Size } from '../../lab/definition.ts';
import type { Arm, Lab } from '../../lab/experiment.ts';
import type { Sample } from '../../lab/result.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { armOf, countsIn, deskOf } from './claims.ts';

const ordersIn: Readonly<Record<Size, number>> = {
  quick: 4000,
  standard: 100_000,
  full: 1_000_000,
};

/** Orders looked up, and inserted, one by one. */
const SINGLE_ORDERS = 200;

/** Asked a second time: whatever differs is noise. */
const again = (arm: string) => `${arm} again`;

export async function makeArms(lab: Lab): Promise<readonly Arm[]> {
  await buildReader().catch((error: unknown) => {
    // Ctrl-C reaches the compiler too, and ends it.
    lab.signal.throwIfAborted();
    throw error;
  });
  const root = archiveFolder();
  lab.defer(async () => rmSync(root, { recursive: true, force: true }));
  const [stores, desks] = await databasesFor(lab);
  lab.signal.throwIfAborted();
  return [
    ...(await storeArms(lab, askerFor(lab, root, stores), stores)),
    ...(await deskArms(lab, askerFor(lab, root, desks), desks)),
  ];
}

/** Empty: it may hold what a run that was killed has left. */
function archiveFolder(): string {
  const folder = join(labFolders(repoRoot).data, 'rows-or-columns');
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

/** Two, on a server of its own; none in a quick run, or where there is no PostgreSQL. */
async function databasesFor(lab: Lab): Promise<readonly (string | undefined)[]> {
  if (lab.size === 'quick' || postgresMissing() !== undefined) return [];
  const server = await startPostgres();
  lab.defer(server.stop);
  return [await server.createDatabase(), await server.createDatabase()];
}

/** Gives one task to a reader of its own. */
type Ask = (store: string, folder: string, work: Work) => Promise<Told>;

function askerFor(lab: Lab, root: string, serverUrl: string | undefined): Ask {
  return (store, folder, work) => {
    const task = { store, folder: join(root, folder), seed: lab.seed, work };
    const whole = serverUrl === undefined ? task : { ...task, serverUrl };
    return askReader(whole, lab.pinning.serverCore, lab.signal);
  };
}

async function storeArms(lab: Lab, ask: Ask, serverUrl: string | undefined): Promise<Arm[]> {
  const stores = storesWith(serverUrl);
  /** Stores that write alike share their files: they differ in how these are read. */
  const archiveOf = (store: string): string => {
    const write = stores.find(({ name }) => name === store)?.write;
    return stores.find((other) => other.write === write)?.name ?? store;
  };
  const written = new Map<string, Sample['metrics']>();
  for (const { name } of stores) {
    if (archiveOf(name) !== name) continue;
    lab.phase({ phase: 'preflight', what: `writing ${name}`, lengthMs: 0 });
    const { cpuMs, bytes } = await ask(name, name, { write: ordersIn[lab.size] });
    written.set(name, { writeMs: cpuMs, bytesOnDisk: bytes });
  }
  const arms = stores.map(({ name }) => {
    const arm = storeArm(lab, name, (columns) => ask(name, archiveOf(name), { columns }));
    const sample = { arm: name, metrics: written.get(archiveOf(name)) ?? {}, doubts: [] };
    return { ...arm, measure: async () => [...(await arm.measure()), sample] };
  });
  const twin = (columns: number) => ask('columns', 'columns', { columns });
  return [...arms, storeArm(lab, again('columns'), twin, 'columns')];
}

/** One store, asked for more and more columns. */
function storeArm(
  lab: Lab,
  name: string,
  ask: (columns: number) => Promise<Told>,
  twinOf?: string,
): Pick<Arm, 'name' | 'parts'> & { measure(): Promise<Sample[]> } {
  const counts = countsIn[lab.size];
  return {
    name,
    parts: counts.map((columns) => ({
      name: armOf(name, columns),
      ...(twinOf !== undefined && { twinOf: armOf(twinOf, columns) }),
    })),
    async measure() {
      const samples: Sample[] = [];
      for (const columns of counts) {
        const arm = armOf(name, columns);
        lab.phase({ phase: 'steady', what: arm, lengthMs: 0 });
        const { cpuMs, bytes, digest } = await ask(columns);
        const detail = { digest, asked: `${columns} columns` };
        samples.push({ arm, metrics: { cpuMs, bytesRead: bytes }, doubts: [], detail });
      }
      return samples;
    },
  };
}

/** On files of their own: each block leaves more orders in them. */
async function deskArms(lab: Lab, ask: Ask, serverUrl: string | undefined): Promise<Arm[]> {
  const orders = ordersIn[lab.size];
  const folderOf = (desk: string) => `${desk}, single orders`;
  const desks = desksWith(serverUrl).map(({ name }) => name);
  for (const name of desks) {
    lab.phase({ phase: 'preflight', what: `writing ${name}`, lengthMs: 0 });
    await ask(name, folderOf(name), { write: orders });
  }
  const single = (desk: string, name: string, twinOf?: string): Arm => ({
    name,
    ...(twinOf !== undefined && { twinOf }),
    async measure() {
      lab.phase({ phase: 'steady', what: name, lengthMs: 0 });
      const work = { lookUps: SINGLE_ORDERS, among: orders };
      const found = await ask(desk, folderOf(desk), work);
      const inserted = await ask(desk, folderOf(desk), { inserts: SINGLE_ORDERS, from: orders });
      const metrics = {
        lookUpMs: found.cpuMs / SINGLE_ORDERS,
        insertMs: inserted.cpuMs / SINGLE_ORDERS,
      };
      const detail = { digest: found.digest, asked: 'look-ups' };
      return [{ arm: name, metrics, doubts: [], detail }];
    },
  });
  const first = deskOf('SQLite');
  return [
    ...desks.map((desk) => single(desk, deskOf(desk))),
    single('SQLite', again(first), first),
  ];
}

/** For each thing that was asked, how many stores have another answer than the first. */
export function agreement(samples: readonly Sample[]): Sample[] {
  const digests = new Map<string, Set<string>>();
  for (const { detail } of samples) {
    const { digest, asked = '' } = (detail ?? {}) as { digest?: string; asked?: string };
    if (digest !== undefined) digests.set(asked, (digests.get(asked) ?? new Set()).add(digest));
  }
  const disagreeing = [...digests.values()].reduce((sum, { size }) => sum + size - 1, 0);
  return [{ arm: 'all stores', metrics: { disagreeing }, doubts: [] }];
}
