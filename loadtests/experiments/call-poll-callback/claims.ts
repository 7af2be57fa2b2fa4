// call-poll-callback/claims.ts: the predictions as clauses that a machine can check.
// Part of the definition in experiments/call-poll-callback.ts.
import type { Hypothesis } from '../../lab/definition.ts';
import { SHORT_ENOUGH, TOO_LONG } from './arms.ts';
import * as law from './law.ts';

const polling = law.requestsByPolling(law.shortestMs, law.longestMs, law.POLL_MS);
const calledBack = law.requestsByCallback(law.FAILING);
const added = law.pollingAddsMs(law.POLL_MS);

export const claims: readonly Hypothesis[] = [
  {
    id: 'waiting-holds-little',
    text: 'Who waits holds λT connections, within a tenth',
    metric: 'heldOfLaw',
    arm: 'wait',
    atLeast: 0.9,
    atMost: 1.1,
  },
  ...['poll', 'callback'].map(
    (arm): Hypothesis => ({
      id: `${arm}-holds-few`,
      text: `Who does not wait holds less than a quarter of that: ${arm}`,
      metric: 'connectionsHeld',
      arm,
      versus: 'wait',
      atMost: 0.25,
    }),
  ),
  {
    id: 'polling-adds-half',
    text: `Polling every ${law.POLL_MS} ms adds ${added} ms on average, within 15 %`,
    metric: 'waitMsMean',
    arm: 'poll',
    atLeast: added * 0.85,
    atMost: added * 1.15,
  },
  {
    id: 'polling-asks',
    text: `Polling takes ${polling} requests a job, within 5 %`,
    metric: 'requestsPerJob',
    arm: 'poll',
    atLeast: polling * 0.95,
    atMost: polling * 1.05,
  },
  {
    id: 'callback-sooner',
    text: 'A callback adds less than a third of what polling adds',
    metric: 'waitMsMean',
    arm: 'callback',
    versus: 'poll',
    atMost: 1 / 3,
  },
  {
    id: 'callback-asks-twice',
    text: 'A callback takes two requests a job',
    metric: 'requestsPerJob',
    arm: 'callback',
    atLeast: 2,
    atMost: 2,
    judge: 'every',
  },
  {
    id: 'failing-asks-again',
    text: `With a receiver that fails ${law.FAILING * 100} %, ${calledBack} requests a job, within a tenth`,
    metric: 'requestsPerJob',
    arm: 'callback, failing receiver',
    atLeast: calledBack * 0.9,
    atMost: calledBack * 1.1,
  },
  {
    id: 'repeats-come',
    text: 'What a failing receiver had taken comes again, and is known by its id',
    metric: 'repeats',
    arm: 'callback, failing receiver',
    atLeast: 1,
    judge: 'every',
  },
  ...['callback', 'callback, failing receiver'].map(
    (arm): Hypothesis => ({
      id: `none-lost-${arm.replace(/\W+/g, '-')}`,
      text: `${arm}: every result arrives`,
      metric: 'lost',
      arm,
      atMost: 0,
      judge: 'every',
      invariant: true,
    }),
  ),
  {
    id: 'gateway-gives-up',
    text: 'A job that outlasts the gateway’s limit is answered 504 (limit scaled 1:20)',
    metric: 'timedOut',
    arm: TOO_LONG,
    atLeast: 1,
    judge: 'every',
  },
  {
    id: 'gateway-waits',
    text: 'One that does not is answered',
    metric: 'timedOut',
    arm: SHORT_ENOUGH,
    atMost: 0,
    judge: 'every',
  },
];
