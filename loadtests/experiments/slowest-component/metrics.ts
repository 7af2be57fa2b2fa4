// slowest-component/metrics.ts: the figures of one arm from what its customers and its looks saw.
// Called by arms.ts; pure.
import { dollarsFor } from '../../prices/cost.ts';
import { quantileOf } from '../../statistics/quantile.ts';
import type { Plan } from './arms.ts';
import type { ChainFacts } from './chain.ts';
import type { Attempt } from './customers.ts';
import { slowest } from './law.ts';
import type { Done } from './rig.ts';

export interface Look {
  /** Ms since 1970. */
  readonly atMs: number;
  /** Before the look. */
  readonly accepted: number;
  readonly facts: ChainFacts;
}

export interface Story {
  readonly attempts: readonly Attempt[];
  readonly looks: readonly Look[];
  /** When all was over. */
  readonly facts: ChainFacts;
  readonly done: Done;
  /** Ms since 1970; 0 where the stage did not die. */
  readonly diedAtMs: number;
  readonly revivedAtMs: number;
}

export const MEMORY_MB = 128;
/** An order sent in the last moments of the outage may still find the stage alive again. */
const EDGE_MS = 500;

export function metricsOf(plan: Plan, story: Story): Record<string, number> {
  const accepted = story.attempts.filter(({ acknowledgedAtMs }) => acknowledgedAtMs !== null);
  const { facts, done } = story;
  return {
    ...latenciesOf(accepted, done),
    ...chargesOf(plan, facts, accepted.length),
    lost: lostOf(accepted, done),
    missing: missingIn(story),
    repeats: done.repeats,
    deadLettered: facts.deadLettered,
    backlog: Math.max(0, ...story.looks.map(({ facts: { queued } }) => queued[slowest] ?? 0)),
    environments: Math.max(
      0,
      ...story.looks.map(({ facts: { stages } }) => aliveIn(stages, plan.coupling)),
    ),
    ...(plan.deadMs > 0 && outageOf(plan, story)),
    ...(plan.atOnce && { drainedRps: drainedRps(accepted, done) }),
  };
}

/** Taken on, and neither done nor put aside, each by its id. */
const lostOf = (accepted: readonly Attempt[], { times, putAside }: Done) =>
  accepted.filter(({ id }) => times[id] === undefined && !putAside.includes(id)).length;

function latenciesOf(accepted: readonly Attempt[], { times }: Done): Record<string, number> {
  const acks = accepted.map((one) => (one.acknowledgedAtMs as number) - one.meantAtMs);
  const completions = accepted.flatMap(({ id, meantAtMs }) => {
    const doneAtMs = times[id];
    return doneAtMs === undefined ? [] : [doneAtMs - meantAtMs];
  });
  if (acks.length === 0 || completions.length === 0) return {};
  return {
    ackMsP50: quantileOf(acks, 0.5),
    ackMsP99: quantileOf(acks, 0.99),
    doneMsP50: quantileOf(completions, 0.5),
    doneMsP99: quantileOf(completions, 0.99),
  };
}

/** For one order; what the orders of an outage cost again and again is part of it. */
function chargesOf({ coupling }: Plan, facts: ChainFacts, orders: number): Record<string, number> {
  const own = facts.stages.filter((stage) => stage.coupling === coupling);
  const sum = (pick: (stage: (typeof own)[number]) => number) =>
    own.reduce((all, stage) => all + pick(stage), 0);
  if (orders === 0) return {};
  const invocations = sum((stage) => stage.invocations);
  // The customer's send and, of each stage but the last, one to the next queue.
  const lastStage = Math.max(...own.map(({ stage }) => stage));
  const sends = orders + sum((one) => (one.stage === lastStage ? 0 : one.invocations));
  const sqsCalls = coupling === 'queue' ? facts.mappingCalls + sends : 0;
  const billedMs = sum((stage) => stage.billedMs);
  const used = { billedMs, memoryMb: MEMORY_MB, invocations, sqsCalls };
  return {
    billedMs: sum((stage) => stage.workMs) / orders,
    sqsCalls: sqsCalls / orders,
    coldStarts: sum((stage) => stage.coldStarts),
    dollarsPerMillion: (dollarsFor(used) / orders) * 1e6,
  };
}

/** Orders that at some look were nowhere: not done, not put aside, in no queue. */
function missingIn({ looks }: Story): number {
  const missing = looks.map(({ accepted, facts: { done, deadLettered, queued } }) => {
    const waiting = queued.reduce((sum, messages) => sum + messages, 0);
    return accepted - done - deadLettered - waiting;
  });
  return Math.max(0, ...missing);
}

const aliveIn = (stages: ChainFacts['stages'], coupling: Plan['coupling']) =>
  stages
    .filter((stage) => stage.coupling === coupling)
    .reduce((sum, { environments }) => sum + environments, 0);

function outageOf(
  { coupling }: Plan,
  { attempts, diedAtMs, revivedAtMs, done }: Story,
): Record<string, number> {
  const struck = attempts.filter(
    ({ meantAtMs }) => meantAtMs >= diedAtMs && meantAtMs < revivedAtMs - EDGE_MS,
  );
  const failed = struck.filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null);
  const waiting = attempts.filter(({ meantAtMs }) => meantAtMs < revivedAtMs);
  const ends = waiting.flatMap(({ id }) => done.times[id] ?? []);
  return {
    failedRatio: struck.length === 0 ? Number.NaN : failed.length / struck.length,
    // By call nothing waits.
    ...(coupling === 'queue' && {
      drainMs: Math.max(0, ...ends.map((atMs) => atMs - revivedAtMs)),
    }),
  };
}

/** From the first order that is done to the last, when all were sent at once. */
function drainedRps(accepted: readonly Attempt[], { times }: Done): number {
  const ends = accepted.flatMap(({ id }) => times[id] ?? []);
  return (ends.length - 1) / ((Math.max(...ends) - Math.min(...ends)) / 1000);
}
