// experiments/scaling/copies.ts: a shape with n processes for its hot part, and full load on that part.
// Called by experiments/scaling.ts; the waiting that makes the part hot is simulated.
import { products } from '@lab/shared/fixtures/products.ts';
import { cpuMsOf } from '../../lab/cpu-clock.ts';
import type { Lab } from '../../lab/experiment.ts';
import { healAll, switchOn } from '../../lab/fault-switch.ts';
import type { Sample } from '../../lab/result.ts';
import { startCapacity } from '../../load/start-capacity.ts';
import { allPidsOf, BYTES_PER_MB, memoryOf, rootPidsOf } from '../../targets/memory.ts';
import type { RunningTarget, StartOptions } from '../../targets/platform.ts';
import { clusterAt, type Target, targetsAt } from '../../targets/targets.ts';
import { armOf, type Shape, wait } from './law.ts';

/** The feature that is asked for alone, and that waits. */
const HOT = 'catalog';
/** In flight for each process: four times what may wait at once, so that somebody always stands in line. */
const CONNECTIONS_PER_COPY = 4 * wait.atOnce;
/** Between the ports of one size and those of the next. */
const PORTS_APART = 20;
const DURATION_MS = 60_000;

/** What is needed of the lab. */
type Rig = Pick<Lab, 'portBase' | 'pinning' | 'start' | 'phase'>;

/** A shape that runs with so many copies of its hot part. */
export interface Site {
  readonly name: string;
  readonly copies: number;
  readonly running: RunningTarget;
}

/** @param place from 0, another for each size: they all run at once, on ports of their own */
export async function openSite(lab: Rig, shape: Shape, copies: number, place: number) {
  const { target, options } = planOf(shape, copies, lab.portBase + PORTS_APART * place);
  const name = armOf(shape, copies);
  const running = await lab.start({ ...target, name }, options);
  return { name, copies, running } satisfies Site;
}

function planOf(
  shape: Shape,
  copies: number,
  portBase: number,
): { target: Target; options: StartOptions } {
  if (shape === 'monolith') return { target: clusterAt(portBase, copies), options: {} };
  return { target: targetsAt(portBase).microservices, options: { replicas: { [HOT]: copies } } };
}

/**
 * Lets the catalog of each site wait while `work` is done. Before any load: on a core that is full of it a
 * switch is not answered in time.
 */
export async function whileHot<T>(sites: readonly Site[], work: () => Promise<T>): Promise<T> {
  try {
    for (const { running } of sites)
      await switchOn(running.baseUrl, HOT, { kind: 'latency', ...wait, durationMs: DURATION_MS });
    return await work();
  } finally {
    await Promise.all(sites.map(({ running }) => healAll(running.baseUrl)));
  }
}

/**
 * Asks a site that is hot for one product again and again, from as many connections as keep every copy busy.
 * @param arm of the sample, which may be a second one of the same site
 * @param seconds 1–40, whole: a site is hot for a minute
 */
export async function measureSite(
  lab: Rig,
  { running, copies, name }: Site,
  arm: string,
  seconds: number,
): Promise<Sample> {
  const pids = rootPidsOf(running);
  let cpuFromMs = 0;
  const onStart = () => {
    cpuFromMs = cpuMsOf(pids);
    lab.phase({ phase: 'steady', what: name, lengthMs: seconds * 1000 });
  };
  const url = `${running.baseUrl}/products/${products[0]?.id}`;
  const plan = { url, connections: CONNECTIONS_PER_COPY * copies, seconds };
  const launcher = lab.pinning.generatorLauncher;
  const { rps, requests, elapsedMs, invalid } = await startCapacity(plan, { launcher, onStart });
  const cpuMs = cpuMsOf(pids) - cpuFromMs;
  const { rssBytes, pssBytes } = memoryOf(allPidsOf(running.components));
  const metrics = {
    throughputRps: rps,
    cpuUsPerOp: (cpuMs * 1000) / Math.max(1, requests),
    coreShare: cpuMs / elapsedMs,
    rssMb: rssBytes / BYTES_PER_MB,
    ...(pssBytes !== undefined && { pssMb: pssBytes / BYTES_PER_MB }),
  };
  return { arm, metrics, doubts: invalid };
}
