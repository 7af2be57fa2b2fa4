// live/drill.ts: a random fault whose component the class has to name from what it sees.
// Called by orders.ts; the same number gives the same drill.
import { features } from '@lab/shared/contract/operation.ts';
import { seededRandom } from '@lab/shared/domain/random.ts';
import type { Faults } from './faults.ts';
import type { DrillLive } from './live-state.ts';

export interface Drill {
  /** @returns a sentence where a shape did not take the fault, without saying which fault */
  start(seed: number, shapes: readonly string[]): Promise<string[]>;
  /** Heals it and tells what it was. @returns the shapes that did not answer */
  reveal(): Promise<string[]>;
  readonly now: DrillLive | null;
}

/** Those that leave symptoms, and whose process does not tell by dying which one it is. */
const kinds = ['latency', 'error', 'exception', 'wrong'] as const;
const DURATION_MS = 120_000;

export function createDrill(faults: Faults): Drill {
  let hidden: { component: string; kind: (typeof kinds)[number] } | undefined;
  let now: DrillLive | null = null;
  return {
    async start(seed, shapes) {
      const random = seededRandom(seed);
      const pick = <One>(list: readonly One[]) => list[Math.floor(random() * list.length)] as One;
      const fault = { component: pick(features), kind: pick(kinds) };
      const common = { percent: 100, durationMs: DURATION_MS, secret: true };
      const { length: refused } = await faults.strike({ ...fault, shapes, ...common });
      if (refused < shapes.length) {
        hidden = fault;
        now = { startedAtMs: Date.now(), answer: null };
      }
      return refused === 0 ? [] : [`${refused} of ${shapes.length} shapes did not take the fault.`];
    },
    async reveal() {
      if (hidden === undefined || now === null) return [];
      now = { ...now, answer: hidden };
      return faults.healAll();
    },
    get now() {
      return now;
    },
  };
}
