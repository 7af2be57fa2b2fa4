// slowest-component/arms.ts: one arm: orders through the chain, looked at all the while, until it is empty.
// Made by experiments/slowest-component.ts, measured once a block.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arm, BlockContext, Lab } from '../../lab/experiment.ts';
import { lateness } from '../lateness.ts';
import type { Coupling } from './chain.ts';
import { sendCrowd } from './customers.ts';
import { type Look, metricsOf, type Story } from './metrics.ts';
import type { Chain } from './rig.ts';

export interface Plan {
  readonly name: string;
  readonly coupling: Coupling;
  readonly orders: number;
  readonly rateRps: number;
  /** How long the slow stage is dead, from `LEAD_MS` on; 0: it lives. */
  readonly deadMs: number;
  /** Whether queues deliver some messages twice. */
  readonly doubles?: boolean;
  /** Whether all orders come at once, to see how fast the backlog goes. */
  readonly atOnce?: boolean;
  readonly twinOf?: string;
  readonly versus?: string;
}

/** Load before the stage dies. */
export const LEAD_MS = 1000;
const LOOK_EVERY_MS = 150;
/** After the last order: far more than the longest backlog takes. */
const PATIENCE_MS = 40_000;
/** As many as work at the same time, so that no arm begins cold. */
const WARM_UP_ORDERS = 6;
const WARM_UP_ROUNDS = 5;

export function armOf(lab: Lab, chain: Chain, plan: Plan): Arm {
  const { name, twinOf, versus } = plan;
  return {
    name,
    ...(twinOf !== undefined && { twinOf }),
    ...(versus !== undefined && { versus }),
    async measure({ index }: BlockContext) {
      const lengthMs = plan.orders * gapMsOf(plan) + plan.deadMs / 4;
      lab.phase({ phase: 'warm-up', what: name, lengthMs: 1000 });
      await warmUp(lab, chain, plan.coupling);
      lab.phase({ phase: plan.deadMs > 0 ? 'inject' : 'steady', what: name, lengthMs });
      const story = await play(lab, chain, plan, `${index}-${name.replace(/\W+/g, '-')}`);
      const metrics = metricsOf(plan, story);
      const late = story.attempts.map(({ sentAtMs, meantAtMs }) => sentAtMs - meantAtMs);
      const doubts = lateness(late, 'an order');
      // Who calls is billed for the start that it waits for; an outage must start anew.
      const isSteady = plan.deadMs === 0 && !plan.doubles && !plan.atOnce;
      if (isSteady && (metrics.coldStarts ?? 0) > 0) doubts.push('some functions started cold');
      return [{ arm: name, metrics, doubts, detail: story }];
    },
  };
}

const gapMsOf = ({ rateRps, atOnce }: Plan) => (atOnce ? 0 : 1000 / rateRps);

/** Until a round meets no cold start, or has tried often enough: then the arm is doubted by itself. */
async function warmUp({ signal }: Lab, chain: Chain, coupling: Coupling): Promise<void> {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    await chain.reset();
    const ids = Array.from({ length: WARM_UP_ORDERS }, (_, at) => `warm-${round}-${at}`);
    const crowd = sendCrowd(ids, 10, (id) => chain.order(coupling, id), signal);
    await crowd.finished;
    await emptied(chain, () => crowd.accepted, signal);
    const { stages } = await chain.facts();
    if (stages.every(({ coldStarts }) => coldStarts === 0)) break;
  }
  await chain.reset();
}

async function play({ signal }: Lab, chain: Chain, plan: Plan, prefix: string): Promise<Story> {
  if (plan.doubles) await chain.double();
  const ids = Array.from({ length: plan.orders }, (_, at) => `${prefix}-${at}`);
  const looks: Look[] = [];
  const crowd = sendCrowd(ids, gapMsOf(plan), (id) => chain.order(plan.coupling, id), signal);
  const story = { diedAtMs: 0, revivedAtMs: 0 };
  const outage = plan.deadMs > 0 ? strike(chain, plan.deadMs, story, signal) : Promise.resolve();
  let over = false;
  const looking = (async () => {
    while (!over) {
      // Counted before the look: what is taken on meanwhile is not missing from it.
      const { accepted } = crowd;
      looks.push({ atMs: Date.now(), accepted, facts: await chain.facts() });
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  })();
  // Whoever waits for it hears of its end below; Ctrl-C may come before that.
  looking.catch(() => {});
  try {
    await Promise.all([crowd.finished, outage]);
    await emptied(chain, () => crowd.accepted, signal);
    // A message that is delivered once more comes a little later.
    if (plan.doubles) await sleep(500, undefined, { signal });
    await emptied(chain, () => crowd.accepted, signal);
  } finally {
    over = true;
    await chain.revive();
    await looking.catch(() => {});
  }
  const [facts, done] = [await chain.facts(), await chain.done()];
  return { ...story, attempts: crowd.attempts, looks, facts, done };
}

async function strike(
  chain: Chain,
  deadMs: number,
  story: { diedAtMs: number; revivedAtMs: number },
  signal: AbortSignal,
): Promise<void> {
  await sleep(LEAD_MS, undefined, { signal });
  await chain.kill();
  story.diedAtMs = Date.now();
  await sleep(deadMs, undefined, { signal });
  await chain.revive();
  story.revivedAtMs = Date.now();
}

/** Resolves when no order is under way any more, or after the patience: then they are lost. */
async function emptied(chain: Chain, accepted: () => number, signal: AbortSignal): Promise<void> {
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUpAtMs) {
    const { done, deadLettered, queued } = await chain.facts();
    const waiting = queued.reduce((sum, messages) => sum + messages, 0);
    if (done + deadLettered >= accepted() && waiting === 0) return;
    await sleep(20, undefined, { signal });
  }
}
