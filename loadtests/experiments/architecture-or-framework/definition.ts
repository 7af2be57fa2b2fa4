// experiments/architecture-or-framework/definition.ts: E2 as data: what is asked and what is expected.
// Used by architecture-or-framework.ts and its figures.
import { type Definition, type Hypothesis, strictGate } from '../../lab/definition.ts';
import type { IntervalRow } from '../../lab/figure.ts';
import { armOf, type Shape, type Thing, workloads } from './plan.ts';

const cpu = 'cpuUsPerRequest';

function expected(
  id: string,
  text: string,
  [shape, versus, thing]: readonly [Shape, Shape, Thing],
  [atLeast, atMost]: readonly [number, number],
): Hypothesis {
  const metric = thing === 'highest rate' ? 'highestRps' : cpu;
  const [arm, against] = [armOf(shape, thing), armOf(versus, thing)];
  return { id, text, metric, arm, versus: against, atLeast, atMost };
}

const frameworks = ['monolith', 'monolith-on-fastify'] as const;
const onExpress = ['services-on-express', 'monolith'] as const;
const onFastify = ['microservices', 'monolith-on-fastify'] as const;

const hypotheses: readonly Hypothesis[] = [
  expected(
    'framework-browse',
    'On trivial reads Express costs 1.7 to 4 times the CPU of Fastify',
    [...frameworks, 'browse'],
    [1.7, 4],
  ),
  expected(
    'framework-checkout',
    'Where the database works, the framework hardly counts: checkout',
    [...frameworks, 'checkout'],
    [0.9, 1.5],
  ),
  expected(
    'framework-mixed',
    'Where the database works, the framework hardly counts: mixed',
    [...frameworks, 'mixed'],
    [0.9, 1.5],
  ),
  expected(
    'architecture-express',
    'A checkout costs services 2 to 6 times the CPU: both on Express',
    [...onExpress, 'checkout'],
    [2, 6],
  ),
  expected(
    'architecture-fastify',
    'A checkout costs services 2 to 6 times the CPU: both on Fastify',
    [...onFastify, 'checkout'],
    [2, 6],
  ),
  {
    id: 'interaction-browse',
    text: 'A hop costs what it costs, so it weighs less on the dearer framework',
    metric: 'interaction',
    arm: 'interaction: browse',
    atMost: 1,
  },
  expected(
    'framework-rate',
    'Behind a gateway that stays what it is, one core serves 1 to 4 times the reads on Fastify',
    ['microservices', 'services-on-express', 'highest rate'],
    [1, 4],
  ),
];

export const definition: Definition = {
  id: 'architecture-or-framework',
  code: 'E2',
  title: 'Is it the architecture or the framework?',
  question:
    'Between a monolith on Express and services on Fastify: which difference is whose, and what ' +
    'would each have been alone?',
  prediction:
    'The framework is 1.7 to 4 times on trivial reads and 0.9 to 1.5 times where a database works; ' +
    'services cost 2 to 6 times the CPU of a checkout on the same framework.',
  formula:
    'trivial read: (E + h)/E on Express against (F + h)/F on Fastify, for E > F and the same hop h: ' +
    'interaction (1 + h/E)/(1 + h/F) < 1',
  varies: [
    'the framework: Express, Fastify',
    'the architecture: one process; a gateway and six services',
    'the work: trivial reads, checkouts, a day in the shop',
  ],
  measures: [
    'CPU of all processes per request at the same open-loop rate, from the scheduler’s own account',
    'the highest rate of trivial reads with p99 < 50 ms on the one core, by a rate that grows',
  ],
  control:
    'The same controllers, models and schemas in all four; the monolith in a second process, ' +
    'measured like the first in each block.',
  refutedBy:
    'A framework ratio outside its bounds, or services on the same framework below 2 or above 6 ' +
    'times a checkout.',
  doesNotShow: [
    'Other frameworks, or either one tuned: each is used as its chassis does.',
    'Services all on Express: the gateway stays on Fastify in both arms.',
    'How much a monolith serves at most where that is more than one generator can send.',
    'Several machines: all processes of a shape share one core, and a hop stays in memory.',
    'CPU per request at full load: it falls where work comes in batches.',
  ],
  metrics: {
    [cpu]: { label: 'CPU per request', unit: 'µs', better: 'lower' },
    highestRps: { label: 'highest rate within the SLO', unit: 'rps', better: 'higher' },
    interaction: { label: 'interaction', unit: '×', better: 'neither' },
  },
  hypotheses: [...hypotheses],
  workload: workloads.browse,
  // CPU per request does not depend on when exactly a request leaves.
  gate: { ...strictGate, lagMsP99: 25 },
  blocks: { quick: 2, standard: 6, full: 10 },
};

/** What the hypothesis on these arms says, for a row of a figure; nothing where there is none. */
export function predictedOf(arm: string, versus?: string): Pick<IntervalRow, 'predicted'> {
  const found = definition.hypotheses.find((one) => one.arm === arm && one.versus === versus);
  if (found === undefined) return {};
  return { predicted: { low: found.atLeast ?? null, high: found.atMost ?? null } };
}
