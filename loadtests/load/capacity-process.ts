// load/capacity-process.ts: the process a capacity measurement has to itself.
// Started by start-capacity.ts; ends with its measurement, or when its parent is gone.
import { type Capacity, type CapacityPlan, measureCapacity } from './capacity.ts';
import { serveParent, tellParent } from './child.ts';

/** To the parent. */
export type CapacityMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'finished'; readonly capacity: Capacity }
  | { readonly kind: 'failed'; readonly message: string };

const tell = (message: CapacityMessage) => tellParent(message);

async function measure(plan: CapacityPlan): Promise<void> {
  try {
    tell({ kind: 'finished', capacity: await measureCapacity(plan) });
  } catch (error) {
    tell({ kind: 'failed', message: String(error) });
  }
  if (process.connected) process.disconnect();
}

serveParent(
  (plan) => void measure(plan as CapacityPlan),
  // A closed loop cannot be ended half way with a figure worth having.
  () => process.exit(),
);
tell({ kind: 'ready' });
