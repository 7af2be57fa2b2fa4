// call-poll-callback/arms.ts: jobs at a steady rate, asked for in one way; and some that outlast a gateway.
// Made by experiments/call-poll-callback.ts, measured once a block.
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@lab/shared/domain/random.ts';
import type { Arm, BlockContext, Lab } from '../../lab/experiment.ts';
import { quantileOf } from '../../statistics/quantile.ts';
import { lateness } from '../lateness.ts';
import { gatewayWaitsMs, heldByWaiting, longestMs, RATE_RPS, shortestMs } from './law.ts';
import type { Job, Jobs } from './rig.ts';

export interface Plan {
  readonly name: string;
  readonly way: 'sync' | 'poll' | 'callback';
  readonly jobs: number;
  /** Share of deliveries that the receiver fails. */
  readonly failing?: number;
  readonly twinOf?: string;
  readonly versus?: string;
}

/** After the last job: eight attempts of a callback, a second apart, fit in. */
const PATIENCE_MS = 30_000;
/** Draws of the receiver must know nothing of how long a job takes. */
const RECEIVER_SEED = 7919;

export function armOf(lab: Lab, jobs: Jobs, plan: Plan): Arm {
  const { name, twinOf, versus } = plan;
  return {
    name,
    ...(twinOf !== undefined && { twinOf }),
    ...(versus !== undefined && { versus }),
    async measure({ seed }: BlockContext) {
      const lengthMs = (plan.jobs / RATE_RPS) * 1000;
      lab.phase({ phase: 'steady', what: name, lengthMs: lengthMs + longestMs });
      jobs.receiver.begin(plan.failing ?? 0, seed + RECEIVER_SEED);
      const random = seededRandom(seed);
      const beganMs = performance.now();
      const asked = Array.from({ length: plan.jobs }, async (_, at) => {
        const ms = Math.round(shortestMs + random() * (longestMs - shortestMs));
        const meantAtMs = beganMs + (at * 1000) / RATE_RPS;
        await sleep(Math.max(0, meantAtMs - performance.now()), undefined, { signal: lab.signal });
        return jobs[plan.way](ms, meantAtMs);
      });
      const [held, ...done] = await Promise.all([heldWhile(lab, jobs, lengthMs), ...asked]);
      if (plan.way === 'callback') await delivered(lab, jobs);
      return [{ arm: name, metrics: metricsOf(done, jobs, held), doubts: doubtsOf(done, jobs) }];
    },
  };
}

/**
 * Requests open at the server at a time, by its own count, from when the first jobs end until the last
 * one is asked for.
 */
async function heldWhile({ signal }: Lab, jobs: Jobs, lengthMs: number): Promise<number> {
  await sleep(longestMs, undefined, { signal });
  const from = await jobs.open();
  await sleep(lengthMs - longestMs, undefined, { signal });
  const to = await jobs.open();
  return (to.openMs - from.openMs) / (to.atMs - from.atMs);
}

async function delivered({ signal }: Lab, jobs: Jobs): Promise<void> {
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUpAtMs && (await jobs.pending()) > 0)
    await sleep(50, undefined, { signal });
}

const doubtsOf = (done: readonly Job[], { receiver }: Jobs) => [
  ...lateness(
    done.map(({ askedAtMs, meantAtMs }) => askedAtMs - meantAtMs),
    'a job',
  ),
  ...(receiver.forged === 0 ? [] : [`${receiver.forged} callbacks were not signed by us`]),
];

function metricsOf(done: readonly Job[], { receiver }: Jobs, held: number) {
  const knownAt = ({ id, knownAtMs }: Job) =>
    knownAtMs ?? receiver.learned.get(id ?? '') ?? undefined;
  const waits = done.flatMap((job) => {
    const knownAtMs = knownAt(job);
    return knownAtMs === undefined ? [] : [knownAtMs - job.meantAtMs - job.ms];
  });
  const asked = done.reduce((all, { requests }) => all + requests, 0);
  return {
    connectionsHeld: held,
    heldOfLaw: held / heldByWaiting(RATE_RPS, (shortestMs + longestMs) / 2),
    requestsPerJob: (asked + receiver.deliveries) / done.length,
    ...(waits.length > 0 && {
      waitMsMean: waits.reduce((all, ms) => all + ms, 0) / waits.length,
      waitMsP99: quantileOf(waits, 0.99),
    }),
    repeats: receiver.repeats,
    lost: done.length - waits.length,
  };
}

const GATEWAY_TRIES = 5;
export const TOO_LONG = 'longer than the gateway waits (scaled)';
export const SHORT_ENOUGH = 'shorter than the gateway waits (scaled)';

/** Jobs of 0.7 and 1.4 times what the gateway waits, all at once. */
export function gatewayArm(lab: Lab, jobs: Jobs): Arm {
  return {
    name: 'through API Gateway',
    parts: [{ name: SHORT_ENOUGH }, { name: TOO_LONG }],
    async measure() {
      lab.phase({ phase: 'steady', what: TOO_LONG, lengthMs: gatewayWaitsMs });
      const ask = async (ms: number) => {
        const tries = Array.from({ length: GATEWAY_TRIES }, () => jobs.throughGateway(ms));
        const statuses = await Promise.all(tries);
        const timedOut = statuses.filter((status) => status === 504).length;
        return { metrics: { timedOut: timedOut / GATEWAY_TRIES }, doubts: [] };
      };
      const [short, long] = await Promise.all([
        ask(gatewayWaitsMs * 0.7),
        ask(gatewayWaitsMs * 1.4),
      ]);
      return [
        { arm: SHORT_ENOUGH, ...short },
        { arm: TOO_LONG, ...long },
      ];
    },
  };
}
