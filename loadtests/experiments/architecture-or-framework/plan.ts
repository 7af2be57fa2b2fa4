// experiments/architecture-or-framework/plan.ts: the two by two, the loads, and what is held against what.
// Read by the experiment, its figures and its tests: names are made here alone.
import type { Workload } from '../../lab/definition.ts';
import type { Ramp } from '../../lab/ramp.ts';
import type { Sample } from '../../lab/result.ts';

/** The monolith in a second process of its own, with as many orders as the first. */
export const AGAIN = 'monolith again';

export const shapes = [
  'monolith',
  'monolith-on-fastify',
  'services-on-express',
  'microservices',
] as const;
export type Shape = (typeof shapes)[number];

/** What a figure shows of each shape. */
export const things = ['browse', 'checkout', 'mixed', 'highest rate'] as const;
export type Thing = (typeof things)[number];

export const SLO_MS = 50;

/** Beside highestRps: 1 where a ramp ended with the SLO kept, 0 where not. No ratio is taken of it. */
export const KEPT = 'highestRps:kept';

/**
 * One for all shapes: from below the slowest to about what the generator can send. A shape that
 * keeps the SLO to the end may do more.
 */
export const ramp: Ramp = { fromRps: 500, growth: 16, lengthMs: 2500 };

/** At the same rate for all, which the dearest shape bears with half of the core to spare. */
export const workloads: Readonly<Record<Exclude<Thing, 'highest rate'>, Workload>> = {
  browse: workload('browse', 600),
  checkout: workload('checkout', 80),
  mixed: workload('mixed', 80),
};

/** One measured quantity of one shape: `microservices: browse`. */
export const armOf = (shape: string, thing: Thing) => `${shape}: ${thing}`;

/** Dividing one shape by another leaves one thing that differs. */
export interface Comparison {
  readonly name: string;
  readonly shape: Shape;
  readonly versus: Shape;
  readonly of: 'framework' | 'architecture' | 'both';
}

export const comparisons: readonly Comparison[] = [
  {
    name: 'Express / Fastify, monolith',
    shape: 'monolith',
    versus: 'monolith-on-fastify',
    of: 'framework',
  },
  {
    name: 'Express / Fastify, services',
    shape: 'services-on-express',
    versus: 'microservices',
    of: 'framework',
  },
  {
    name: 'services / monolith, Express',
    shape: 'services-on-express',
    versus: 'monolith',
    of: 'architecture',
  },
  {
    name: 'services / monolith, Fastify',
    shape: 'microservices',
    versus: 'monolith-on-fastify',
    of: 'architecture',
  },
  { name: 'as shipped', shape: 'microservices', versus: 'monolith', of: 'both' },
];

/**
 * By how much the services' price differs between the frameworks: (services ÷ monolith on Express)
 * ÷ (services ÷ monolith on Fastify). 1: the two effects multiply.
 */
export function interactions(samples: readonly Sample[]): Sample[] {
  return (['browse', 'checkout', 'mixed'] as const).flatMap((thing) => {
    const cost = (shape: Shape) =>
      samples.find(({ arm }) => arm === armOf(shape, thing))?.metrics.cpuUsPerRequest ?? 0;
    const onExpress = cost('services-on-express') / cost('monolith');
    const onFastify = cost('microservices') / cost('monolith-on-fastify');
    const interaction = onExpress / onFastify;
    const known = Number.isFinite(interaction) && interaction > 0;
    return known ? [{ arm: `interaction: ${thing}`, metrics: { interaction }, doubts: [] }] : [];
  });
}

function workload(scenario: Workload['scenario'], rateRps: number): Workload {
  return { scenario, rateRps, arrivals: 'constant', deadlineMs: 2000, sloMs: SLO_MS };
}
