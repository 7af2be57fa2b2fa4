// commands/lib/change-flags.ts: what a person may change of an experiment, where the experiment takes it.
// Read by `npm run compare` and `npm run lab -- run`.
import type { Order } from '../lab/run-order.ts';
import { numberFrom } from './bounds.ts';
import type { Given } from './flags.ts';

export const changeFlags = {
  rate: { value: '<rps>', about: 'requests a second, where it applies; 10 to 500 (100)' },
  duration: { value: '<seconds>', about: 'how long each fault is left on, 0.5 to 60 (1)' },
} as const;

/** @throws CannotStart naming the flag and its range */
export function changesFrom(given: Given): NonNullable<Order['changes']> {
  const holdS = numberFrom(given, 'duration', { min: 0.5, max: 60 });
  return {
    rateRps: numberFrom(given, 'rate', { min: 10, max: 500 }),
    holdMs: holdS === undefined ? undefined : holdS * 1000,
  };
}
