// reports-beside-checkout/claims.ts: the predictions as clauses that a machine can check.
// Part of the definition in experiments/reports-beside-checkout.ts; written before the first run.
import type { Hypothesis } from '../../lab/definition.ts';
import { LOOP } from './plans.ts';

const WORKER = 'monolith, worker';
const PROCESS = 'monolith, process';
const SERVICES = 'microservices, DuckDB';
const onPostgres = (arm: string) => `${arm}, PostgreSQL`;
const idOf = (text: string, arm: string) => `${text}-${arm.replace(/\W+/g, '-').toLowerCase()}`;

export const claims: readonly Hypothesis[] = [
  {
    id: 'loop-hurts',
    text: 'On the event loop a report a second multiplies the p99 of checkout by at least ten',
    metric: 'p99Ratio',
    arm: LOOP,
    atLeast: 10,
  },
  {
    id: 'loop-by-the-law',
    text: 'There the p99 is what the law says, within a factor of two',
    metric: 'p99OfLaw',
    arm: LOOP,
    atLeast: 0.5,
    atMost: 2,
  },
  ...[WORKER, PROCESS, SERVICES].map(
    (arm): Hypothesis => ({
      id: idOf('apart-heals', arm),
      text: `Reports apart: at most a third of the p99 ratio of the loop: ${arm}`,
      metric: 'p99Ratio',
      arm,
      versus: LOOP,
      atMost: 1 / 3,
    }),
  ),
  ...[SERVICES, onPostgres(SERVICES)].map(
    (arm): Hypothesis => ({
      id: idOf('columns-are-unfelt', arm),
      text: `Reports apart and in columns: at most twice the p99: ${arm}`,
      metric: 'p99Ratio',
      arm,
      atMost: 2,
    }),
  ),
  {
    id: 'isolation-is-no-layout',
    text: 'In a process of its own a report takes as long as on the loop, within a half',
    metric: 'reportAloneMs',
    arm: PROCESS,
    versus: LOOP,
    atLeast: 1 / 1.5,
    atMost: 1.5,
  },
  {
    id: 'layout-is-quicker',
    text: 'In columns a report takes at most a quarter of that',
    metric: 'reportAloneMs',
    arm: SERVICES,
    versus: LOOP,
    atMost: 0.25,
  },
  {
    id: 'burst-takes-all',
    text: 'While thirty reports are read on the loop, at most half of the goodput is left',
    metric: 'goodputBurstRatio',
    arm: LOOP,
    atMost: 0.5,
  },
  ...[WORKER, PROCESS, SERVICES].map(
    (arm): Hypothesis => ({
      id: idOf('burst-spares', arm),
      text: `While thirty reports are read apart, nine tenths of the goodput stay: ${arm}`,
      metric: 'goodputBurstRatio',
      arm,
      atLeast: 0.9,
    }),
  ),
  ...[LOOP, WORKER, PROCESS].map(
    (arm): Hypothesis => ({
      id: idOf('in-line', arm),
      text: `Thirty reports on SQLite take at least 0.8 of thirty times one: ${arm}`,
      metric: 'burstInLine',
      arm,
      atLeast: 0.8,
    }),
  ),
  ...[LOOP, WORKER, PROCESS].map(
    (arm): Hypothesis => ({
      id: idOf('exact', arm),
      text: `A report knows every order that its reader could know of, within 5 ms: ${arm}`,
      metric: 'lagMsMax',
      arm,
      atMost: 5,
    }),
  ),
  {
    id: 'copy-trails-a-second',
    text: 'The copy of the services is never more than a second behind',
    metric: 'lagMsMax',
    arm: SERVICES,
    atMost: 1000,
  },
  {
    id: 'readers-hold-the-wal',
    text: 'The WAL of a shop that is read from beside grows to half as much again as that of one that is not',
    metric: 'walMb',
    arm: PROCESS,
    versus: LOOP,
    atLeast: 1.5,
  },
  {
    id: 'postgres-does-not-block',
    text: 'On PostgreSQL the loop only waits: a report a second at most triples the p99',
    metric: 'p99Ratio',
    arm: onPostgres(LOOP),
    atMost: 3,
  },
];
