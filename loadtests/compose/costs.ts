// compose/costs.ts: what the containers of each shape cost: building, starting, memory.
// Called by `npm run lab -- containers`; its project is its own and is removed again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { startAttack } from '../load/start-attack.ts';
import { docker } from '../targets/compose/engine.ts';
import { compose, down, type Profile, type Project } from '../targets/compose/project.ts';

/** Bytes by container, as the engine counts them: without the file cache that could be given back. */
export interface Memory {
  readonly processes: number;
  readonly databases: number;
}

export interface Costs {
  readonly shape: Profile;
  readonly containers: number;
  /** From `docker compose up` of images that are there, with empty databases, to all healthy. */
  readonly healthyMs: number;
  readonly idle: Memory;
  readonly loaded: Memory;
  /** Bytes of the largest image with all its layers, and what its own layers add to the base. */
  readonly imageBytes: number;
  readonly ownBytes: number;
}

export const IDLE_MS = 20_000;
export const LOAD_RPS = 100;
const LOAD_MS = 20_000;

/** @returns wall time in ms of building all images of both shapes, from nothing or from the cache */
export async function buildMs(project: Project, fromNothing: boolean): Promise<number> {
  const beganMs = performance.now();
  await compose(project, ['build', '--quiet', ...(fromNothing ? ['--no-cache'] : [])]);
  return performance.now() - beganMs;
}

/** @throws CannotStart with what docker said; nothing is left running then */
export async function costsOf(shape: Profile, both: Project): Promise<Costs> {
  const project: Project = { ...both, profiles: [shape] };
  try {
    const beganMs = performance.now();
    await compose(project, ['up', '--detach', '--wait', '--no-build']);
    const healthyMs = performance.now() - beganMs;
    await sleep(IDLE_MS);
    const idle = await memoryOf(project);
    await load(project, shape);
    const loaded = await memoryOf(project);
    const ids = await containersOf(project);
    return { shape, containers: ids.length, healthyMs, idle, loaded, ...(await imagesOf(ids)) };
  } finally {
    await down(project);
  }
}

async function containersOf(project: Project): Promise<string[]> {
  return (await compose(project, ['ps', '--quiet'])).trim().split('\n');
}

async function memoryOf(project: Project): Promise<Memory> {
  const ids = await containersOf(project);
  const stats = await docker(['stats', '--no-stream', '--format', '{{json .}}', ...ids]);
  const memory = { processes: 0, databases: 0 };
  for (const line of stats.trim().split('\n')) {
    const { Name, MemUsage } = JSON.parse(line) as { Name: string; MemUsage: string };
    memory[/-db-\d+$/.test(Name) ? 'databases' : 'processes'] += bytesFrom(MemUsage);
  }
  return memory;
}

const UNITS = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

/** @param text `56.4MiB / 128MiB`: the first of the two */
export function bytesFrom(text: string): number {
  const [, number, unit] = /^([\d.]+)(B|KiB|MiB|GiB)\b/.exec(text) ?? [];
  if (unit === undefined) throw new Error(`"${text}" is no amount of memory.`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

async function load({ ports }: Project, shape: Profile): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'one-shop-load-'));
  try {
    await startAttack({
      baseUrl: `http://127.0.0.1:${ports[shape]}`,
      scenario: 'mixed',
      rateRps: LOAD_RPS,
      arrivals: 'constant',
      durationMs: LOAD_MS,
      seed: 1,
      keys: { customer: DEMO_CUSTOMER_KEY },
      rowsFile: join(folder, 'rows.jsonl'),
    }).finished;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function imagesOf(ids: readonly string[]) {
  const names = (await docker(['inspect', '--format', '{{.Config.Image}}', ...ids])).trim();
  const own = [...new Set(names.split('\n'))].filter((name) => !name.startsWith('postgres:'));
  const sizes = await Promise.all(own.map(sizeOf));
  return sizes.reduce((largest, one) => (one.imageBytes > largest.imageBytes ? one : largest));
}

async function sizeOf(image: string) {
  const total = await docker(['image', 'inspect', '--format', '{{.Size}}', image]);
  // The base brings its own layers; the component is the one that is copied from the build.
  const history = await docker(['history', '--human=false', '--format', '{{json .}}', image]);
  const layers = history.trim().split('\n');
  const own = layers.map((line) => JSON.parse(line) as { Size: string; CreatedBy: string });
  const added = own.filter(({ CreatedBy }) => CreatedBy.startsWith('COPY /app .'));
  const ownBytes = added.reduce((sum, { Size }) => sum + Number(Size), 0);
  return { imageBytes: Number(total), ownBytes };
}
