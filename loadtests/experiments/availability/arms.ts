// experiments/availability/arms.ts: what is measured once a block: customers sent, failures counted.
// Made by experiments/availability.ts, once a target.
import { seededRandom } from '@lab/shared/domain/random.ts';
import type { Arm } from '../../lab/experiment.ts';
import type { Sample } from '../../lab/result.ts';
import { type Customers, type Fate, pageFeatures } from './customers.ts';
import { armOf, type Policy, type Situation, sampleOf } from './law.ts';
import { whileFailing } from './switches.ts';

/** Customers of an arm in a block; what is judged is the sum over blocks. */
export const customersIn = { quick: 250, standard: 400, full: 400 } as const;
/** How often each service fails. */
export const percents = [5, 20] as const;
/** What a checkout asks, in this order: a checkout of n has faults in the first n. */
export const checkoutFeatures = ['catalog', 'inventory', 'payments'] as const;

/** How a page is looked at. */
const looks = ['once', 'second try'] as const;

/** A running target with its customers. */
export interface Site {
  readonly shape: string;
  readonly baseUrl: string;
  readonly customers: Customers;
  /** Of an arm in a block. */
  readonly count: number;
}

/** Without the twin arm, which is `again` of one of these. */
export function armsOf(site: Site): Arm[] {
  const independent = { cause: 'independent', policy: 'once' } as const;
  return [
    controlArm(site),
    ...percents.flatMap((percent) => [
      ...checkoutFeatures.map((_, at) =>
        checkoutArm(site, { ...independent, journey: 'checkout', needed: at + 1, percent }),
      ),
      pageArm(site, percent),
      commonArm(site, percent),
    ]),
  ];
}

/** The same measurement under another name, so that what differs is chance. */
export function twinArm(site: Site, situation: Situation): Arm {
  const twinOf = armOf(site.shape, situation);
  const name = `${twinOf}, measured again`;
  const { measure, parts = [] } = checkoutArm(site, situation);
  const again = (sample: string) => sample.replace(twinOf, name);
  return {
    name,
    parts: parts.map((part) => ({ name: again(part.name), twinOf: part.name })),
    measure: async (block) =>
      (await measure(block)).map(({ arm, ...rest }) => ({ ...rest, arm: again(arm) })),
  };
}

/** The name of the arm in which nothing is broken. */
export const controlOf = (shape: string) => `${shape}, nothing broken`;

function controlArm({ shape, customers, count }: Site): Arm {
  const name = controlOf(shape);
  return {
    name,
    async measure() {
      const bought = await customers.checkOut(count);
      const visits = await customers.visit(count);
      // Here a failure is a finding, not a doubt: the hypothesis of this arm wants none at all.
      customers.takeStrange();
      const fates = [...bought, ...visits.map((page) => failedOf(page, 'once', page.length))];
      return [{ ...counted(name, fates, 'once'), doubts: [] }];
    },
  };
}

function checkoutArm({ shape, baseUrl, customers, count }: Site, situation: Situation): Arm {
  const { needed, percent } = situation;
  const failing = checkoutFeatures.slice(0, needed);
  const policies = ['once', 'same key again', 'new key once rejected'] as const;
  return {
    name: armOf(shape, situation),
    parts: policies.map((policy) => ({ name: sampleOf(shape, { ...situation, policy }) })),
    async measure() {
      const buy = () => customers.checkOut(count);
      const fates = await whileFailing(baseUrl, failing, percent, buy);
      const doubts = doubtsOf(customers);
      return policies.map((policy) => ({
        ...counted(sampleOf(shape, { ...situation, policy }), fates, policy),
        doubts,
      }));
    },
  };
}

function pageArm(site: Site, percent: number): Arm {
  const { shape, baseUrl, customers, count } = site;
  const situation = pageSituation(percent, 'independent');
  return {
    name: armOf(shape, situation),
    // The smaller pages are parts of these, with the same customers.
    parts: looks.map((policy) => ({ name: sampleOf(shape, { ...situation, policy }) })),
    async measure() {
      const look = () => customers.visit(count);
      const pages = await whileFailing(baseUrl, pageFeatures, percent, look);
      return pageSamples(site, situation, pages);
    },
  };
}

/**
 * A switch draws for its own feature only, so the draw for all of them is made here, and how many
 * fail is known beforehand. What is found out is whether all of a page fail together, every time.
 */
function commonArm(site: Site, percent: number): Arm {
  const { shape, baseUrl, customers, count } = site;
  const situation = pageSituation(percent, 'common');
  return {
    name: armOf(shape, situation),
    parts: [],
    async measure({ seed }) {
      const unlucky = drawn(count, percent, seededRandom(seed));
      const calm = await customers.visit(count - unlucky);
      const look = () => customers.visit(unlucky);
      const struck = await whileFailing(baseUrl, pageFeatures, 100, look);
      const samples = pageSamples(site, situation, [...calm, ...struck]);
      const together = togetherIn(calm, struck);
      return samples.map((sample) => {
        if (sample.arm !== sampleOf(shape, situation)) return sample;
        return { ...sample, metrics: { ...sample.metrics, ...together } };
      });
    },
  };
}

/** @returns whom a second try saved, and who got what the state of things does not explain */
export function togetherIn(calm: readonly Fate[][], struck: readonly Fate[][]) {
  const failed = (policy: Policy) => (fate: Fate) => fate[policy] === true;
  const saved = struck.filter(
    (page) => page.some(failed('once')) && !page.some(failed('second try')),
  );
  const apart = [
    ...struck.filter((page) => !page.every(failed('once'))),
    ...calm.filter((page) => page.some(failed('once'))),
  ];
  return { saved: saved.length, apart: apart.length };
}

/** How many of so many customers come while the common cause lasts. */
function drawn(count: number, percent: number, random: () => number): number {
  return Array.from({ length: count }, random).filter((at) => at * 100 < percent).length;
}

function pageSituation(percent: number, cause: Situation['cause']): Situation {
  return { journey: 'page', needed: pageFeatures.length, percent, cause, policy: 'once' };
}

/** A page of n is the first n requests of a page of five: one count of customers for all n. */
function pageSamples({ shape, customers }: Site, situation: Situation, pages: Fate[][]): Sample[] {
  const doubts = doubtsOf(customers);
  return pageFeatures.flatMap((_, at) =>
    looks.map((policy) => {
      const needed = at + 1;
      const fates = pages.map((page) => failedOf(page, policy, needed));
      const name = sampleOf(shape, { ...situation, needed, policy });
      return { ...counted(name, fates, policy), doubts };
    }),
  );
}

function failedOf(page: readonly Fate[], policy: Policy, needed: number): Fate {
  return { [policy]: page.slice(0, needed).some((fate) => fate[policy] === true) };
}

function counted(arm: string, fates: readonly Fate[], policy: Policy) {
  const failed = fates.filter((fate) => fate[policy] === true).length;
  return { arm, metrics: { failed, 'failed:trials': fates.length } };
}

function doubtsOf(customers: Customers): string[] {
  const strange = customers.takeStrange();
  return strange === 0 ? [] : [`${strange} requests failed without an injected fault`];
}
