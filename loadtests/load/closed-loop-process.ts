// load/closed-loop-process.ts: the process that closed loops run in, one after the other.
// Started by start-closed-loop.ts; ends when it is told, or when its parent is gone.
import { serveParent, tellParent } from './child.ts';
import { type ClosedLoopPlan, type ClosedLoopResult, runClosedLoop } from './closed-loop.ts';

/** To the parent. */
export type ClosedLoopMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'finished'; readonly result: ClosedLoopResult }
  | { readonly kind: 'failed'; readonly message: string };

const tell = (message: ClosedLoopMessage) => tellParent(message);

async function run(plan: ClosedLoopPlan): Promise<void> {
  try {
    tell({ kind: 'finished', result: await runClosedLoop(plan) });
  } catch (error) {
    tell({ kind: 'failed', message: String(error) });
  }
}

serveParent(
  (plan) => void run(plan as ClosedLoopPlan),
  () => process.exit(),
);
tell({ kind: 'ready' });
