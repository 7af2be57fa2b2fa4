// load/attack-process.ts: the process the generator has to itself; speaks to its parent in messages.
// Started by start-attack.ts; ends with its attack, or when its parent is gone.
import { serveParent, tellParent } from './child.ts';
import type { AttackPlan } from './plan.ts';
import { type AttackInProcess, type LiveSecond, runAttack } from './run-attack.ts';
import type { AttackSummary } from './summary.ts';
import { warmUp } from './warm-up.ts';

/** From the parent. */
export type AttackOrder =
  | { readonly kind: 'start'; readonly plan: AttackPlan }
  | { readonly kind: 'stop' };

/** To the parent. */
export type AttackMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly startedAtMs: number }
  | { readonly kind: 'second'; readonly second: LiveSecond }
  | { readonly kind: 'finished'; readonly summary: AttackSummary }
  | { readonly kind: 'failed'; readonly message: string };

const tell = (message: AttackMessage) => tellParent(message);

async function conclude(attack: AttackInProcess): Promise<void> {
  try {
    tell({ kind: 'finished', summary: await attack.finished });
  } catch (error) {
    tell({ kind: 'failed', message: String(error) });
  }
  // Nothing else keeps the process: without its channel it ends once the message is out.
  if (process.connected) process.disconnect();
}

function start(plan: AttackPlan): AttackInProcess | undefined {
  try {
    return runAttack(plan, {
      onStart: (startedAtMs) => tell({ kind: 'started', startedAtMs }),
      onSecond: (second) => tell({ kind: 'second', second }),
    });
  } catch (error) {
    tell({ kind: 'failed', message: String(error) });
    return undefined;
  }
}

async function main(): Promise<void> {
  let attack: AttackInProcess | undefined;
  const end = () => {
    if (attack === undefined) process.exit(0);
    attack.stop();
  };
  serveParent((message) => {
    const order = message as AttackOrder;
    if (order.kind === 'stop') return end();
    attack = start(order.plan);
    if (attack === undefined) return process.disconnect();
    void conclude(attack);
  }, end);
  await warmUp();
  tell({ kind: 'ready' });
}

await main();
