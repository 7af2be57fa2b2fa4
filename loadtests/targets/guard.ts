// targets/guard.ts: sees to it that no child outlives the harness, however the harness ends.
// Called by supervisor.ts at every start and end of a child; one guard a running target.
import { mkdirSync } from 'node:fs';
import { lastWill } from '@lab/shared/runtime/last-will.ts';
import { forgetChild, recordChild } from './orphans.ts';

// WHY A SHELL: its pipe ends when the harness does, SIGKILL included, and it then ends exactly the
// pids it was last told. A watch inside each child would fail where the lab needs it most, in a child
// that is paused or whose event loop stands still, and would add work to what is being measured.
const script = `while read -r line; do pids=$line; done
for pid in $pids; do kill -9 "$pid"; rm -f "$0/$pid.json"; done 2>/dev/null`;

export interface Guard {
  /** Call right after the spawn. */
  watch(pid: number, name: string): void;
  /** Call when the child has ended: its pid may soon be somebody else's. */
  forget(pid: number): void;
  /** Ends the guard, and with it every child it still watches. */
  close(): void;
}

/** @param runFolder where each child is also recorded, for the case that the guard is killed too */
export function startGuard(runFolder: string): Guard {
  mkdirSync(runFolder, { recursive: true });
  const pids = new Set<number>();
  const will = lastWill(script, runFolder);
  const tell = () => will.write(`${[...pids].join(' ')}\n`);
  return {
    watch(pid, name) {
      pids.add(pid);
      tell();
      recordChild(runFolder, pid, name);
    },
    forget(pid) {
      pids.delete(pid);
      tell();
      forgetChild(runFolder, pid);
    },
    close() {
      will.end();
    },
  };
}
