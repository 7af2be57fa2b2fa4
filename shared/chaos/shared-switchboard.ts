// chaos/shared-switchboard.ts: one switchboard in many processes that come and go: those of functions.
// Made by createService and by the gateway where they are told of a folder: the local cloud's own.
import type { Fault } from '../contract/chaos.ts';
import { openFaultFiles } from './fault-files.ts';
import { isForOne } from './several.ts';
import { createSwitchboard, type Switchboard, type SwitchboardOptions } from './switchboard.ts';

/** Whoever meets these is gone, and the fault with it. */
const endsAtOnce: readonly string[] = ['crash', 'rejection'];

/**
 * A fault set in one process is in force in all, those that start later among them; the hits of all
 * add up; a heal in one heals all, at their next call or while they hold something. A fault that ends
 * or blocks a process stays in the one that was told.
 * @param folder of the files by which they know; exists. One look at a file is the price of a call
 */
export function sharedSwitchboard(options: SwitchboardOptions, folder: string): Switchboard {
  const { now = Date.now } = options;
  const files = openFaultFiles(folder);
  /** Which state of the file this process has taken over. */
  const taken = new Map<string, string>();
  const board = createSwitchboard({
    ...options,
    onCall: follow,
    onHit(component, { kind }) {
      files.addHit(component);
      if (endsAtOnce.includes(kind)) files.write(component, null);
    },
  });

  function follow(component: string): void {
    const mark = files.markOf(component);
    if (mark === (taken.get(component) ?? '')) return;
    taken.set(component, mark);
    board.heal(component);
    const shared = files.read(component);
    if (shared === null || isFatal(shared.fault) || shared.untilMs <= now()) return;
    board.set(component, { ...shared.fault, durationMs: shared.untilMs - now() });
  }

  function write(component: string, fault: Fault | null): void {
    const untilMs = now() + (fault?.durationMs ?? 30_000);
    files.write(component, fault && { fault, untilMs });
    taken.set(component, files.markOf(component));
  }

  function state(component: string) {
    follow(component);
    const own = board.state(component);
    const shared = files.read(component);
    if (shared === null || shared.untilMs <= now()) return own;
    const healsAt = new Date(shared.untilMs).toISOString();
    return { ...own, fault: shared.fault, healsAt, hits: files.hitsOf(component) };
  }

  return {
    ...board,
    set(component, fault) {
      board.set(component, fault);
      write(component, fault);
      return state(component);
    },
    state,
    heal(component) {
      board.heal(component);
      for (const name of component === undefined ? board.components : [component])
        write(name, null);
    },
    // A heal in another process ends what this one holds.
    settled: () => board.settled(() => board.components.forEach(follow)),
  };
}

const isFatal = (body: Fault) => isForOne({ method: 'PUT', body });
