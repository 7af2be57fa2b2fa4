// experiments/availability/claims.ts: the predictions as clauses that a machine checks, made from the law.
// Part of the definition in experiments/availability.ts.
import type { Hypothesis } from '../../lab/definition.ts';
import { checkoutFeatures, controlOf, customersIn, percents } from './arms.ts';
import { pageFeatures } from './customers.ts';
import { failureOf, type Situation, sampleOf, toleranceOf } from './law.ts';

/** The tolerance is that of the full size, whatever is run: fewer blocks decide less. */
export const FULL_BLOCKS = 10;

export const shapes = ['microservices', 'monolith'] as const;

export const independentCheckout = (needed: number, percent: number): Situation => ({
  journey: 'checkout',
  needed,
  percent,
  cause: 'independent',
  policy: 'once',
});

const most = { journey: 'page', needed: pageFeatures.length } as const;

export const claims: readonly Hypothesis[] = [
  ...shapes.flatMap((shape) => [
    nothingBroken(shape),
    ...percents.flatMap((percent) => [
      ...checkoutFeatures.map((_, at) => asPredicted(shape, independentCheckout(at + 1, percent))),
      asPredicted(shape, { ...most, percent, cause: 'independent', policy: 'once' }),
      ...ofOneCause(shape, percent),
    ]),
  ]),
  ...percents.flatMap((percent) => [
    asPredicted('microservices', { ...most, percent, cause: 'independent', policy: 'second try' }),
    ...(['same key again', 'new key once rejected'] as const).map((policy) =>
      asPredicted('microservices', {
        ...independentCheckout(checkoutFeatures.length, percent),
        policy,
      }),
    ),
  ]),
  sameInBoth(independentCheckout(checkoutFeatures.length, 20)),
  sameInBoth({ ...most, percent: 20, cause: 'independent', policy: 'once' }),
];

function asPredicted(shape: string, situation: Situation): Hypothesis {
  const share = failureOf(situation);
  const tolerance = toleranceOf(share, customersIn.full * FULL_BLOCKS);
  return {
    id: idOf(shape, situation),
    text: `${wordsOf(shape, situation)}: ${(share * 100).toFixed(1)} % fail`,
    metric: 'failed',
    arm: sampleOf(shape, situation),
    atLeast: share - tolerance,
    atMost: share + tolerance,
    judge: 'pooled',
  };
}

function nothingBroken(shape: string): Hypothesis {
  return {
    id: `${shape}-nothing-broken`,
    text: `${shape}: with nothing broken nobody fails`,
    metric: 'failed',
    arm: controlOf(shape),
    atMost: 0,
    judge: 'every',
  };
}

/** How many customers an outage takes is drawn by the lab, so no share is claimed: only who. */
function ofOneCause(shape: string, percent: number): Hypothesis[] {
  const situation: Situation = { ...most, percent, cause: 'common', policy: 'once' };
  const claim = { arm: sampleOf(shape, situation), atMost: 0, judge: 'every' } as const;
  const [id, words] = [idOf(shape, situation), wordsOf(shape, situation)];
  return [
    {
      ...claim,
      id: `${id}-together`,
      text: `${words}: all five fail together, in the outage and only there (checks the switch)`,
      metric: 'apart',
    },
    {
      ...claim,
      id: `${id}-saves-nobody`,
      text: `${words}: a second try within the outage saves nobody (checks the switch)`,
      metric: 'saved',
    },
  ];
}

function sameInBoth(situation: Situation): Hypothesis {
  const { journey, needed, percent } = situation;
  return {
    id: `shape-${journey}-${needed}-${percent}`,
    text: `${journey} of ${needed}, ${percent} %: as many fail in the monolith as in the services`,
    metric: 'failed',
    arm: sampleOf('monolith', situation),
    versus: sampleOf('microservices', situation),
    atLeast: 0.8,
    atMost: 1.25,
  };
}

function wordsOf(shape: string, { journey, needed, percent, cause, policy }: Situation): string {
  const failing = cause === 'common' ? `${percent} % common cause` : `${percent} % each`;
  const tries = policy === 'once' ? '' : `, ${policy}`;
  return `${shape}, ${journey} of ${needed}, ${failing}${tries}`;
}

function idOf(shape: string, { journey, needed, percent, cause, policy }: Situation): string {
  const parts = [shape, journey, needed, percent, cause === 'common' ? 'common' : '', policy];
  return parts
    .filter((part) => part !== '' && part !== 'once')
    .join('-')
    .replaceAll(' ', '-');
}
