// experiments/blast-radius/hypotheses.ts: E4's predictions as clauses that a machine can check.
// Read by definition.ts.
import type { Hypothesis } from '../../lab/definition.ts';
import { allCrashes, EVERY_FAULT } from './totals.ts';

export const CONTROL = 'monolith';
export const ordersOf = (target: string) => `${target}: orders`;

/** A count that one block decides. */
const counts = (id: string, text: string, arm: string, features: number): Hypothesis => ({
  id,
  text,
  metric: 'featuresTouched',
  arm,
  atLeast: features,
  atMost: features,
  judge: 'every',
});

const none = (id: string, text: string, metric: string): Hypothesis => ({
  id,
  text,
  metric,
  arm: EVERY_FAULT,
  atMost: 0,
  judge: 'every',
});

const wholeOrders = (target: string, notInQuick = false): Hypothesis => ({
  id: `orders-${target.replace(' ', '-')}`,
  text: `${target}: no acknowledged order is lost, none stays half done`,
  metric: 'ordersBroken',
  arm: ordersOf(target),
  atMost: 0,
  judge: 'every',
  invariant: true,
  notInQuick,
});

const [shared, apart, functions] = [CONTROL, 'microservices', 'serverless'];

/** Before any run with functions: a process of theirs has one request in hand, and the next one another. */
const ofFunctions: readonly Hypothesis[] = [
  counts(
    'exception-functions',
    'serverless: the same two: it is in all processes of the function',
    `${functions}: exception in payments`,
    2,
  ),
  counts(
    'crash-functions',
    'serverless: a crash takes a single request with it: no feature is touched',
    allCrashes(functions),
    0,
  ),
  {
    id: 'lost-functions',
    text: 'serverless: a crash loses at most a tenth of what it loses in the services',
    metric: 'lostRequests',
    arm: `${functions}: crash in payments`,
    versus: `${apart}: crash in payments`,
    atMost: 0.1,
  },
  counts(
    'hang-functions',
    'serverless: an endless loop in payments holds one process: no feature is touched',
    `${functions}: hang in payments`,
    0,
  ),
  counts(
    'lock-functions',
    'serverless: a locked database of payments takes payments and the checkout',
    `${functions}: db-lock in payments`,
    2,
  ),
];

export const hypotheses: readonly Hypothesis[] = [
  counts(
    'exception-monolith',
    'monolith: an exception in payments reaches payments and the checkout',
    `${shared}: exception in payments`,
    2,
  ),
  counts(
    'exception-services',
    'microservices: the same two: an exception in a handler makes no difference',
    `${apart}: exception in payments`,
    2,
  ),
  counts(
    'crash-monolith',
    'monolith: whichever feature crashes, all six are gone',
    allCrashes(shared),
    6,
  ),
  counts(
    'crash-services',
    'microservices: a crash reaches k of 6 features, 1.5 on average',
    allCrashes(apart),
    1.5,
  ),
  counts(
    'hang-monolith',
    'monolith: an endless loop in payments takes all six',
    `${shared}: hang in payments`,
    6,
  ),
  counts(
    'hang-services',
    'microservices: an endless loop in payments takes payments and the checkout',
    `${apart}: hang in payments`,
    2,
  ),
  counts(
    'lock-monolith',
    'monolith: a locked database takes all six, readers too: they wait behind its writers',
    `${shared}: db-lock in payments`,
    6,
  ),
  counts(
    'lock-services',
    'microservices: a locked database of payments takes payments and the checkout',
    `${apart}: db-lock in payments`,
    2,
  ),
  {
    ...counts(
      'database-monolith',
      'monolith: its one database server killed, all six are gone',
      `${shared}: database kill in payments`,
      6,
    ),
    onlyOn: 'compose',
  },
  {
    ...counts(
      'database-services',
      'microservices: the database of payments killed takes payments and the checkout',
      `${apart}: database kill in payments`,
      2,
    ),
    onlyOn: 'compose',
  },
  counts(
    'memory-monolith',
    'monolith: a leak in payments ends the process at its memory limit, with all six',
    `${shared}: leak in payments`,
    6,
  ),
  counts(
    'memory-services',
    'microservices: a leak in payments ends payments alone: it and the checkout are gone',
    `${apart}: leak in payments`,
    2,
  ),
  counts(
    'gateway',
    'microservices: the gateway is a single point of failure',
    `${apart}: kill in gateway`,
    6,
  ),
  ...ofFunctions,
  none('unpredicted', 'No fault touches a feature that was not predicted', 'touchedUnpredicted'),
  none('spared', 'No fault spares a feature that was predicted', 'sparedPredicted'),
  none('well', 'After every fault the shop is well again within 15 s, by itself', 'notWell'),
  {
    id: 'away-monolith',
    text: 'monolith: while its process is away, nine of ten requests are lost, or more',
    metric: 'lostWhileAway',
    arm: 'monolith: crash in payments',
    atLeast: 0.9,
  },
  {
    id: 'cluster-halves',
    text: 'monolith-cluster: two workers lose half of what one loses',
    metric: 'lostRequests',
    arm: 'monolith-cluster: crash in payments',
    versus: 'monolith: crash in payments',
    atLeast: 0.25,
    atMost: 0.75,
  },
  ...['monolith', 'monolith-cluster', 'microservices', 'serverless'].map((target) =>
    wholeOrders(target),
  ),
  wholeOrders(`${CONTROL} again`, true),
];
