// live/turns.ts: work that must not overlap, one after the other, until it is closed.
// Used for load, experiments and deployments: two that overlap would spoil each other.

export interface Turns {
  /** @throws Error once closed; else what `work` throws */
  take<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Nothing begins from now on; resolves when what goes on has ended. */
  close(): Promise<void>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  return {
    take(work) {
      const turn = last.then(() => {
        if (closed) throw new Error('The lab is being stopped.');
        return work();
      });
      last = turn.catch(() => {});
      return turn;
    },
    async close() {
      closed = true;
      await last;
    },
  };
}
