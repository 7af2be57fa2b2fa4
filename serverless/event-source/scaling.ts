// event-source/scaling.ts: how many pollers a mapping should have: few at first, more while all work.
// Asked and told by event-source.ts and deliver.ts. "Configuring scaling behavior".
import { initialPollers } from './limits.ts';

export interface Scaling {
  /** How many there should be now. */
  wanted(): number;
  /** All have worked for a while: one more. @returns false when there are as many as may be */
  more(): boolean;
  /** A long poll found nothing: one less, if there are more than in the beginning. */
  rest(): void;
  /** Throttled or failed: one less, but never none. */
  backOff(): void;
}

/** @param most at least 1 */
export function createScaling(most: number): Scaling {
  const atFirst = Math.min(initialPollers, most);
  let wanted = atFirst;
  return {
    wanted: () => wanted,
    more() {
      if (wanted >= most) return false;
      wanted += 1;
      return true;
    },
    rest() {
      if (wanted > atFirst) wanted -= 1;
    },
    backOff() {
      wanted = Math.max(1, wanted - 1);
    },
  };
}
