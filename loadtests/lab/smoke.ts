// lab/smoke.ts: the contract before the measurement: every answer right, every refusal a refusal.
// Called by open-lab.ts for each target that it starts; a fast wrong answer must not be measured.
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { request } from 'undici';
import { exchange, openPool } from '../load/exchange.ts';
import { judge, judgeFailure, type Verdict } from '../load/outcome.ts';
import { mixed } from '../scenarios/mixed.ts';
import type { Shot } from '../scenarios/shot.ts';

/** One cycle of the mix: every operation that load uses, in its share. */
const SHOTS = 100;
const DEADLINE_MS = 5000;

/** What must not be answered, and how it must be refused. */
const refusals: readonly (readonly [path: string, status: number])[] = [
  ['/orders?customerId=cus_alice', 401],
  ['/reports/revenue?by=day', 401],
  ['/products/prd_9999', 404],
  ['/products?limit=101', 400],
  ['/nowhere', 404],
];

/**
 * Asks one request after the other, so it says nothing of speed.
 * @returns one sentence for each thing that was wrong; empty when the target may be measured
 */
export async function smoke(baseUrl: string): Promise<string[]> {
  const pool = openPool(baseUrl, 1, DEADLINE_MS);
  const wrong = new Map<string, number>();
  const targeter = mixed({
    seed: 1,
    customerKey: DEMO_CUSTOMER_KEY,
    runId: `smoke-${process.pid}-${Math.round(performance.now())}`,
    clock: () => performance.now(),
  });
  for (let count = 0; count < SHOTS; count += 1) {
    const shot = targeter.nextShot();
    const { outcome, status, reason } = await answerTo(shot, pool);
    const key = `${shot.operation.id} was ${outcome} (${reason ?? status})`;
    if (outcome !== 'ok' && outcome !== 'slow') wrong.set(key, (wrong.get(key) ?? 0) + 1);
  }
  await pool.destroy();
  const broken = [...wrong].map(([what, count]) => `${what}, ${count} of ${SHOTS} requests.`);
  return [...broken, ...(await notRefused(baseUrl))];
}

function answerTo(shot: Shot, pool: ReturnType<typeof openPool>): Promise<Verdict> {
  const began = performance.now();
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      giveUp();
      resolve({ outcome: 'hung', status: 0, reason: 'deadline' });
    }, DEADLINE_MS);
    const settle = (verdict: Verdict) => {
      clearTimeout(timer);
      resolve(verdict);
    };
    const giveUp = exchange(pool, shot, {
      onAnswer: (answer) => settle(judge(shot, answer, performance.now() - began, DEADLINE_MS)),
      onFailure: (error) => settle(judgeFailure(error)),
    });
  });
}

async function notRefused(baseUrl: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const [path, expected] of refusals) {
    const { statusCode, body } = await request(`${baseUrl}${path}`, { reset: true });
    await body.dump();
    if (statusCode !== expected) wrong.push(`GET ${path} was ${statusCode}, not ${expected}.`);
  }
  return wrong;
}
