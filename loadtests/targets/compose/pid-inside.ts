// targets/compose/pid-inside.ts: the number by which this machine knows a container's own process.
// Called by container.ts at every start.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker } from './engine.ts';

const LOOKS_MAX = 10;
const LOOK_EVERY_MS = 10;

/**
 * The child of the container's first process, which only passes signals on and buries the dead.
 * @returns undefined where the engine runs in a virtual machine, and for a container that has ended
 */
export async function pidInside(container: string): Promise<number | undefined> {
  const said = await docker(['inspect', '--format', '{{.State.Pid}}', container]).catch(() => '0');
  const first = Number(said);
  for (let look = 0; first > 0 && look < LOOKS_MAX; look += 1) {
    const children = childrenOf(first);
    if (children === undefined) return undefined;
    if (children[0] !== undefined) return children[0];
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}

/** @returns undefined unless the process is the init of a container on this machine */
function childrenOf(pid: number): number[] | undefined {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    if (!/^(docker-init|tini|catatonit)$/.test(name)) return undefined;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return undefined;
  }
}
