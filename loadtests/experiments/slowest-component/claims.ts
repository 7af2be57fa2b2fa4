// slowest-component/claims.ts: the predictions as clauses that a machine can check.
// Part of the definition in experiments/slowest-component.ts.
import type { Hypothesis } from '../../lab/definition.ts';
import { billedByCallMs, billedByQueueMs, slowest, stagesMs, throughputOf } from './law.ts';

const works = [...stagesMs];
export const billedRatio = billedByCallMs(works) / billedByQueueMs(works);
/** Places of the slow stage behind its queue, as chain-server.ts has them. */
export const PLACES = 4;
export const drainRps = throughputOf([works[slowest] ?? 0], PLACES);

const queueArms = [
  'by queue',
  'by queue again',
  'by queue, some twice',
  'by queue, backlog',
  'by queue, slow stage dead',
];

export const claims: readonly Hypothesis[] = [
  {
    id: 'billed-for-waiting',
    text: `By call an order is billed ${billedRatio.toFixed(2)} times what it is by queue, within 5 %`,
    metric: 'billedMs',
    arm: 'by call',
    versus: 'by queue',
    atLeast: billedRatio * 0.95,
    atMost: billedRatio * 1.05,
  },
  {
    id: 'acknowledged-sooner',
    text: 'By queue the slowest acknowledgement takes less than a third of what it takes by call',
    metric: 'ackMsP99',
    arm: 'by queue',
    versus: 'by call',
    atMost: 1 / 3,
  },
  {
    id: 'done-no-sooner',
    text: 'By queue an order is done no sooner than by call',
    metric: 'doneMsP50',
    arm: 'by queue',
    versus: 'by call',
    atLeast: 0.97,
  },
  {
    id: 'pace-of-the-slowest',
    text: `A backlog goes at the pace of the slow stage: ${drainRps} orders a second, within a tenth`,
    metric: 'drainedRps',
    arm: 'by queue, backlog',
    atLeast: drainRps * 0.9,
    atMost: drainRps * 1.1,
  },
  {
    id: 'callers-fail',
    text: 'With the slow stage dead, nearly every customer who calls is refused',
    metric: 'failedRatio',
    arm: 'by call, slow stage dead',
    atLeast: 0.95,
  },
  {
    id: 'queue-takes-all',
    text: 'With the slow stage dead, the queue takes every order',
    metric: 'failedRatio',
    arm: 'by queue, slow stage dead',
    atMost: 0,
    judge: 'every',
  },
  {
    id: 'repeats-recognised',
    text: 'Messages that come twice are recognised, and no order is done twice',
    metric: 'repeats',
    arm: 'by queue, some twice',
    atLeast: 1,
    judge: 'every',
  },
  ...['by call', 'by call, slow stage dead', ...queueArms].map((arm) =>
    nothing(arm, 'lost', 'no order that was taken on is lost'),
  ),
  ...queueArms.map((arm) =>
    nothing(arm, 'missing', 'at every look each order is done, put aside or in a queue'),
  ),
];

function nothing(arm: string, metric: 'lost' | 'missing', text: string): Hypothesis {
  const id = `${metric}-${arm.replace(/\W+/g, '-')}`;
  return { id, text: `${arm}: ${text}`, metric, arm, atMost: 0, judge: 'every', invariant: true };
}
