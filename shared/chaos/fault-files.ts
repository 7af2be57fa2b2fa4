// chaos/fault-files.ts: the fault of each component in a file, for processes that share nothing else.
// Called by shared-switchboard.ts. Names of components have letters only.
import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../contract/chaos.ts';

export interface SharedFault {
  readonly fault: Fault;
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
}

export interface FaultFiles {
  /** Another one after each `write`, whatever was written; empty before the first. */
  markOf(component: string): string;
  /** Null: healthy. */
  read(component: string): SharedFault | null;
  /** The hits begin at 0 again. */
  write(component: string, shared: SharedFault | null): void;
  addHit(component: string): void;
  hitsOf(component: string): number;
}

/** @param folder absolute; exists */
export function openFaultFiles(folder: string): FaultFiles {
  const stateFile = (component: string) => join(folder, `${component}.json`);
  const hitsFile = (component: string) => join(folder, `${component}.hits`);
  const lookAt = (file: string) => statSync(file, { bigint: true, throwIfNoEntry: false });
  let drafts = 0;
  return {
    markOf(component) {
      const found = lookAt(stateFile(component));
      return found === undefined ? '' : `${found.ino} ${found.mtimeNs}`;
    },
    read(component) {
      try {
        return JSON.parse(readFileSync(stateFile(component), 'utf8'));
      } catch {
        return null;
      }
    },
    write(component, shared) {
      writeFileSync(hitsFile(component), '');
      // Renamed into place: nobody reads half a fault.
      const draft = `${stateFile(component)}.${process.pid}-${++drafts}`;
      writeFileSync(draft, JSON.stringify(shared));
      renameSync(draft, stateFile(component));
    },
    // A byte a hit: what many processes append at the same time, none overwrites.
    addHit: (component) => appendFileSync(hitsFile(component), '.'),
    hitsOf: (component) => Number(lookAt(hitsFile(component))?.size ?? 0),
  };
}
