// audit/crash-bench.ts: a running shop whose processes a test kills at will, and all it was told since.
// Used by the crash tests only.
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewOrder } from '@lab/shared/contract/orders.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { startTarget } from '../targets/process-platform.ts';
import type { Target } from '../targets/targets.ts';
import { createCustomer } from './customer.ts';
import type { Told } from './evidence.ts';
import { deleteTraces } from './free-target.ts';
import { verify } from './invariants.ts';
import { readEvidence } from './read-databases.ts';
import { settle } from './settle.ts';

export interface CrashBench {
  readonly running: RunningTarget;
  /** Checks out with a key of its own, again and again until told for good. */
  buy(cardToken?: string): Promise<Told>;
  /** Cancels, again and again until acknowledged. */
  cancel(told: Told): Promise<Told>;
  /** SIGKILLs a process and starts it again at once; resolves when it is dead. */
  crash(name: string): Promise<void>;
  /** Waits until everything is up and settled. @returns what is then wrong; nothing, one hopes */
  offenders(): Promise<string[]>;
  close(): Promise<void>;
}

const patienceMs = 20_000;
const settleMsMax = 25_000;
const body: Omit<NewOrder, 'cardToken'> = {
  customerId: 'cus_alice',
  lines: [{ productId: 'prd_0002', quantity: 2 }],
};

/** @param env for every component, over the lab's own */
export async function startCrashBench(
  target: Target,
  env: Record<string, string> = {},
): Promise<CrashBench> {
  const limits = { RATE_LIMIT_RPS: '1000000', PAST_ORDERS: '10' };
  const options = { fresh: true, env: { ...limits, ...env }, logLevel: 'error' };
  const running = await startTarget(target, options);
  const { baseUrl } = running;
  const customer = createCustomer({ baseUrl, patienceMs, random: Math.random });
  const told = new Map<string, Told>();
  const remember = (one: Told) => {
    told.set(one.key, one);
    return one;
  };
  return {
    running,
    buy: async (cardToken = 'tok_visa') =>
      remember(
        await customer.checkOut(`crash-${told.size}-${Math.random()}`, { ...body, cardToken }),
      ),
    cancel: async (one) => remember(await customer.cancel(one)),
    crash: (name) => crash(running, name),
    async offenders() {
      await running.waitReady();
      await settle(running, settleMsMax);
      const evidence = await readEvidence(running);
      return verify([...told.values()], evidence).flatMap(({ offenders }) => offenders);
    },
    async close() {
      await customer.close();
      await running.stop();
      deleteTraces(target);
    },
  };
}

async function crash(running: RunningTarget, name: string): Promise<void> {
  const dead = new Promise<void>((resolve) => {
    const unsubscribe = running.onEvent((event) => {
      if (event.name !== name || event.kind !== 'died') return;
      unsubscribe();
      resolve();
    });
  });
  running.kill(name);
  await dead;
  // Not by the restart policy: its wait doubles with every test.
  await sleep(1);
  void running.restartComponent(name).catch(() => {});
  // Until then it counts as stopped, and waitReady would give up.
  await sleep(1);
}
