// experiments/availability.ts: E6: what is left when a customer needs several services that fail.
// Run by `npm run lab -- run availability`; the law it is held to is in availability/law.ts.
import { type Definition, strictGate } from '../lab/definition.ts';
import type { Arm, Experiment, Lab } from '../lab/experiment.ts';
import type { Block } from '../lab/result.ts';
import { valuesOf } from '../lab/values.ts';
import { amount } from '../lab/words.ts';
import { armsOf, checkoutFeatures, customersIn, type Site, twinArm } from './availability/arms.ts';
import { claims, FULL_BLOCKS, independentCheckout, shapes } from './availability/claims.ts';
import { openCustomers, pageFeatures } from './availability/customers.ts';
import { failedShare, figuresOf } from './availability/figures.ts';
import { failureOf, type Situation, sampleOf } from './availability/law.ts';

/** Orders that the pages may be about, placed before anything is broken. */
const FIRST_ORDERS = 64;

const definition: Definition = {
  id: 'availability',
  code: 'E6',
  title: 'Does availability multiply?',
  question:
    'When each of n services fails for itself, or all of them for one cause, how many customers ' +
    'who need all n are served, and what does a second try save?',
  prediction:
    'Independent failures multiply: (1−p)ⁿ are served, (1−p²)ⁿ with a second try of each request. ' +
    'Services with a common cause fail together, and no second try within it helps. A checkout that ' +
    'is repeated with its key gets its stored rejection. The shape of the shop changes nothing.',
  formula: 'served: (1−p)ⁿ; second try: (1−p²)ⁿ; common cause: 1−p',
  varies: [
    'services that fail and are needed: 1–3 by a checkout, 1–5 by a page',
    'how often each fails: 5 %, 20 %',
    'the cause: each for itself, or one outage of all',
    'a second try of what failed; a checkout with the same key, or with a new one once rejected',
    'the shape',
  ],
  measures: [
    'customers who failed, of customers counted: anything but the right answer fails',
    'in a common outage: customers who got some answers, and customers whom a second try saved',
  ],
  control:
    'The same customers with nothing broken: nobody fails. And one arm measured twice in each block.',
  refutedBy:
    'A share of failures whose 95 % interval lies beyond the law by five standard errors of a full ' +
    'run; a monolith that fails 0.8 or 1.25 times as often as the services; anybody who gets an ' +
    'answer in a common outage, at the first try or the second.',
  doesNotShow: [
    'How often services fail in earnest: the chances are chosen, the 503s injected (simulated).',
    'Failures that take time: no timeouts, no overload, no retries that add load to what is broken.',
    'How many a common cause hits: the lab draws who comes while it lasts, so that share is no finding.',
    'Causes that are partly common: a shared database is somewhere between the two curves.',
  ],
  metrics: {
    failed: { label: 'customers who failed', unit: '%', better: 'lower' },
    apart: { label: 'customers who failed or not against the outage', unit: '', better: 'neither' },
    saved: { label: 'customers saved by a second try', unit: '', better: 'neither' },
  },
  hypotheses: [...claims],
  // Counts are measured, no times: other programs make it slower, not different. Should one of them
  // starve the shop until a request runs out of time, that request discards its block.
  gate: { ...strictGate, otherCpuRatio: 1 },
  blocks: { quick: 2, standard: 6, full: FULL_BLOCKS },
};

export const availability: Experiment = {
  definition,
  platforms: ['process', 'compose'],
  targets: [...shapes],
  async prepare(lab) {
    const sites: Site[] = [];
    for (const target of lab.targets) sites.push(await openSite(lab, target));
    const [first] = sites;
    if (first === undefined) return [];
    const base = sites.find(({ shape }) => shape === 'microservices') ?? first;
    return [
      ...sites.flatMap((site) => armsOf(site).map((arm) => heldAgainst(base.shape, arm, site))),
      twinArm(base, independentCheckout(checkoutFeatures.length, 20)),
    ];
  },
  figures: (blocks) => figuresOf(blocks, shapes),
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};

/** Each sample of the arm against the same sample of the base. */
export function heldAgainst(base: string, arm: Arm, { shape }: Pick<Site, 'shape'>): Arm {
  const { name, parts = [{ name }] } = arm;
  if (shape === base) return arm;
  const versus = (part: string) => part.replace(shape, base);
  return { ...arm, parts: parts.map((part) => ({ name: part.name, versus: versus(part.name) })) };
}

async function openSite(lab: Lab, target: Lab['targets'][number]): Promise<Site> {
  const { baseUrl } = await lab.start(target);
  const runId = `availability-${process.pid}-${Date.now()}`;
  const customers = openCustomers(baseUrl, lab.seed, runId);
  lab.defer(customers.close);
  await customers.checkOut(FIRST_ORDERS);
  return { shape: target.name, baseUrl, customers, count: customersIn[lab.size] };
}

function sentenceOf(blocks: readonly Block[]): string {
  const share = (situation: Situation, shape = 'microservices') => {
    const found = failedShare(blocks, sampleOf(shape, situation));
    return found === undefined ? 'an unknown share' : amount(found.value, '%');
  };
  const checkout = independentCheckout(checkoutFeatures.length, 20);
  const page: Situation = { ...checkout, journey: 'page', needed: pageFeatures.length };
  const struck = sampleOf('microservices', { ...page, cause: 'common' });
  const saved = valuesOf(blocks, struck, 'saved');
  return (
    `With three services that fail 20 % each, ${share(checkout)} of checkouts failed in the ` +
    `services and ${share(checkout, 'monolith')} in the monolith (predicted ` +
    `${amount(failureOf(checkout), '%')}); a second try took a page of five from ${share(page)} to ` +
    `${share({ ...page, policy: 'second try' })}, but saved ${savedWords(saved)} when ` +
    'all five had one cause.'
  );
}

function savedWords(saved: readonly number[]): string {
  if (saved.length === 0) return 'an unknown number';
  return String(saved.reduce((sum, value) => sum + value, 0) || 'nobody');
}
