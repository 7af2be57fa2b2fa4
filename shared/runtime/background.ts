// runtime/background.ts: work that goes on after its request was answered, so that a stop can wait for it.
// Made by the server of whoever places orders; controller.ts adds to it.
import { Problem } from '../domain/problems.ts';
import type { Logger } from './log.ts';

export interface Background {
  /** Its failure is logged, unless it is a refusal: that is stored with what was refused. */
  add(work: Promise<unknown>): void;
  /** Resolves when all that was added has ended. */
  settle(): Promise<void>;
}

export function createBackground(log: Pick<Logger, 'error'>): Background {
  const running = new Set<Promise<unknown>>();
  return {
    add(work) {
      const ended = work.then(
        () => {},
        (error) => {
          if (!(error instanceof Problem)) log.error({ err: error }, 'failed after its answer');
        },
      );
      running.add(ended);
      void ended.then(() => running.delete(ended));
    },
    async settle() {
      await Promise.all(running);
    },
  };
}
