// experiments/scaling/law.ts: what n copies of the hot part should yield and need, and what they did.
// Used by experiments/scaling.ts and its figures; all pure.
import type { Size } from '../../lab/definition.ts';
import type { Sample } from '../../lab/result.ts';
import { fitLine } from '../../statistics/line.ts';
import { fitUsl, type Usl } from '../../statistics/usl.ts';

export const shapes = ['monolith', 'services'] as const;
export type Shape = (typeof shapes)[number];

/** Copies of the hot part: replicas of the catalog, or workers of the whole monolith. */
export const copiesIn: Readonly<Record<Size, readonly number[]>> = {
  quick: [1, 2, 4],
  standard: [1, 2, 4],
  full: [1, 2, 3, 4, 8],
};

/** Simulated: a call into the hot part waits this long, and so many of one process at a time. */
export const wait = { latencyMs: 20, atOnce: 6 } as const;
/** What the waiting alone allows one process, operations a second. */
export const PER_COPY_RPS = (1000 * wait.atOnce) / wait.latencyMs;

/**
 * The slopes are of 1 to 4: beyond, the core that all servers share may be the limit. They contain
 * the cluster's primary, a process that serves nobody and that comes with the second worker.
 */
const SLOPE_COPIES_MAX = 4;

/** From earlier measurements of Node processes at rest and under load, MB. */
const WORKER_MB = 75;
const SERVICE_MB = 60;
/** Gateway and six services, one of them the first copy. */
const SERVICES = 7;

export const armOf = (shape: Shape, copies: number) => `${shape}: ${copies}`;

/** Memory of the whole shape with that many copies, MB, as predicted. */
export function predictedMb(shape: Shape, copies: number): number {
  return shape === 'monolith' ? WORKER_MB * copies : SERVICE_MB * (SERVICES + copies - 1);
}

export const predictedRps = (copies: number) => PER_COPY_RPS * copies;

/** One arm's copies and figures; what could not be taken is left out. */
export interface Copies {
  readonly copies: number;
  readonly metrics: Sample['metrics'];
}

/** Of one shape, the fewest first; the arm that is measured twice counts once. */
export function copiesOf(samples: readonly Sample[], shape: Shape): Copies[] {
  return samples
    .flatMap(({ arm, metrics }) => {
      const [, name, copies] = /^(\w+): (\d+)$/.exec(arm) ?? [];
      return name === shape ? [{ copies: Number(copies), metrics }] : [];
    })
    .sort((one, other) => one.copies - other.copies);
}

/** For each shape of the block a sample with its slopes, its fixed memory and its USL. */
export function derived(samples: readonly Sample[]): Sample[] {
  return shapes.flatMap((shape) => {
    const all = copiesOf(samples, shape);
    return all.length < 2 ? [] : [{ arm: shape, metrics: pricesOf(all), doubts: [] }];
  });
}

function pricesOf(all: readonly Copies[]): Sample['metrics'] {
  const few = all.filter(({ copies }) => copies <= SLOPE_COPIES_MAX);
  const usl = uslOf(all.map(({ copies, metrics }) => ({ n: copies, throughput: rpsOf(metrics) })));
  const found = {
    mbPer100Rps: per100Rps(few, ({ rssMb }) => rssMb),
    pssMbPer100Rps: per100Rps(few, ({ pssMb }) => pssMb),
    cpuMsPer100Rps: per100Rps(few, (metrics) => cpuMsEachSecond(metrics)),
    fixedMb: all[0]?.metrics.rssMb,
    sigma: usl?.sigma,
    kappa: usl?.kappa,
    fitR2: usl?.r2,
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

type Figures = Copies['metrics'];

/** How much more of something 100 operations a second more take; undefined: not known. */
function per100Rps(all: readonly Copies[], amountOf: (metrics: Figures) => number | undefined) {
  const amounts = all.flatMap(({ metrics }) => amountOf(metrics) ?? []);
  const rps = all.map(({ metrics }) => rpsOf(metrics));
  if (amounts.length < rps.length || new Set(rps).size < 2) return undefined;
  return fitLine(rps, amounts).slope * 100;
}

function cpuMsEachSecond({ cpuUsPerOp, throughputRps }: Figures): number | undefined {
  if (cpuUsPerOp === undefined || throughputRps === undefined) return undefined;
  return (cpuUsPerOp * throughputRps) / 1000;
}

const rpsOf = ({ throughputRps = 0 }: Figures) => throughputRps;

/** Three parameters go through any three points: a fit says something only where more are left over. */
export const USL_SIZES_MIN = 5;

/** @returns undefined for fewer than five sizes, or where nothing was done */
export function uslOf(
  points: readonly { readonly n: number; readonly throughput: number }[],
): Usl | undefined {
  const sizes = new Set(points.map(({ n }) => n));
  return sizes.size < USL_SIZES_MIN || points.some(({ throughput }) => throughput <= 0)
    ? undefined
    : fitUsl(points);
}
