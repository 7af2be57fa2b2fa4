// lambda/guard.ts: sees to it that no execution environment outlives its owner, however the owner ends.
// Called by sandbox.ts at every start and end of a process; one guard a Lambda service.
import { lastWill } from '@lab/shared/runtime/last-will.ts';

// WHY A SHELL: its pipe ends when the owner does, SIGKILL included, and it then ends exactly the
// process groups it was last told. A frozen environment could not end itself. The lab's own guard
// (loadtests) also records children on disk; a service may not import it and needs only the pipe.
const script = `while read -r line; do groups=$line; done
for group in $groups; do kill -9 "-$group"; done 2>/dev/null`;

export interface Guard {
  /** Call right after the spawn; the process must lead a group of its own. */
  watch(pid: number): void;
  /** Call when the process has ended: its pid may soon be somebody else's. */
  forget(pid: number): void;
  /** Ends the guard, and with it every environment it still watches. */
  close(): void;
}

export function startGuard(): Guard {
  const pids = new Set<number>();
  const will = lastWill(script);
  const tell = () => will.write(`${[...pids].join(' ')}\n`);
  return {
    watch(pid) {
      pids.add(pid);
      tell();
    },
    forget(pid) {
      pids.delete(pid);
      tell();
    },
    close() {
      will.end();
    },
  };
}
