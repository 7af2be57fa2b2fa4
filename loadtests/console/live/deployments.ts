// live/deployments.ts: builds, ships and starts a changed component in every shape, and rolls back.
// Called by orders.ts; one deployment at a time.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeRelease, type Release } from '../../experiments/deployment/pipeline.ts';
import { componentFor } from '../../lab/bindings.ts';
import type { Buildable } from '../../targets/artefacts.ts';
import type { Strategy } from '../../targets/platform.ts';
import { type Way, wayOf } from './deploy-ways.ts';
import type { History } from './history.ts';
import type { LiveShape } from './live-shape.ts';
import type { DeploymentLive, DeploymentStep } from './live-state.ts';
import { writeVersion } from './version.ts';

export interface DeploymentOrder {
  readonly component: string;
  readonly version: 'good' | 'bad';
  readonly strategy: Strategy;
  readonly shapes: readonly string[];
}

export interface Deployments {
  /** @returns a sentence where it was not begun */
  start(order: DeploymentOrder): string[];
  /** No release goes live from now on; resolves when nothing is under way. */
  close(): Promise<void>;
  readonly now: DeploymentLive | null;
}

/** @param folder absolute, of sources and releases; emptied now, when nothing runs from it */
export function createDeployments(
  shapes: readonly LiveShape[],
  history: History,
  folder: string,
): Deployments {
  rmSync(folder, { recursive: true, force: true });
  let now: DeploymentLive | null = null;
  let pending: Promise<unknown> = Promise.resolve();
  let closed = false;
  let count = 0;
  /** Of each process, the folder that it runs from, where that was made here. */
  const runsFrom = new Map<string, string>();
  const tell = (shape: string, change: Partial<DeploymentStep>) => {
    const told = (one: DeploymentStep) => (one.shape === shape ? { ...one, ...change } : one);
    if (now !== null) now = { ...now, steps: now.steps.map(told) };
  };

  async function ship(running: LiveShape, order: DeploymentOrder, id: number): Promise<void> {
    const shape = running.target.name;
    const way = await wayOf(running, order.component, order.strategy);
    count += 1;
    const root = join(folder, `${shape}-${count}`);
    let isLive = false;
    try {
      const made = await build(way.component, order.version, root);
      if (closed) return tell(shape, { state: 'refused', words: 'The lab is being stopped.' });
      tell(shape, { words: `${inWords(made)}; starting` });
      history.strike(id, shape);
      isLive = await goLive(shape, way, made);
    } finally {
      history.end(id, shape);
      if (isLive) remember(shape, way.component, root);
      else discard(root);
    }
  }

  /** @returns false when it did not start, and what was before runs again, or should */
  async function goLive(shape: string, way: Way, made: Release): Promise<boolean> {
    try {
      await way.goLive(made);
      tell(shape, { state: 'live', words: inWords(made) });
      return true;
    } catch (error) {
      await rollBack(shape, way, error as Error);
      return false;
    }
  }

  /** @param root what it runs from now; undefined: the sources as they are. What it ran from goes. */
  function remember(shape: string, { name }: Buildable, root?: string): void {
    const place = `${shape}/${name}`;
    const old = runsFrom.get(place);
    if (old !== undefined) discard(old);
    if (root === undefined) runsFrom.delete(place);
    else runsFrom.set(place, root);
  }

  async function rollBack(shape: string, way: Way, { message }: Error): Promise<void> {
    if (closed) return tell(shape, { state: 'down', words: 'The lab is being stopped.' });
    tell(shape, { words: `${message} Rolling back` });
    const gone = await way.goBack().catch((error: Error) => error);
    if (gone === undefined) {
      remember(shape, way.component);
      tell(shape, { state: 'rolled back', words: message });
    } else tell(shape, { state: 'down', words: gone.message });
  }

  return {
    start(order) {
      if (now?.steps.some(({ state }) => state === 'under way'))
        return ['A deployment is under way: wait for its end.'];
      const wanted = shapes.filter(({ target }) => order.shapes.includes(target.name));
      const { component, version } = order;
      now = { component, version, steps: wanted.map((running) => stepOf(running, component)) };
      const id = history.begin({ kind: 'deploy', title: `${version} version of ${component}` });
      const ships = wanted.map((running) =>
        ship(running, order, id).catch(({ message: words }: Error) =>
          tell(running.target.name, { state: 'refused', words }),
        ),
      );
      pending = Promise.all(ships);
      return [];
    },
    async close() {
      closed = true;
      await pending;
    },
    get now() {
      return now;
    },
  };
}

function build(component: Buildable, version: DeploymentOrder['version'], root: string) {
  writeVersion(component, version, root);
  return makeRelease({ component, root, releases: join(root, 'releases') }, []);
}

/** As well as it can be: what stays is swept at the next start. */
function discard(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    console.error('Console:', error);
  }
}

function stepOf(running: LiveShape, role: string): DeploymentStep {
  const shape = running.target.name;
  const ships = componentFor(running.target, role)?.name ?? role;
  return { shape, ships, words: 'building', state: 'under way' };
}

function inWords({ buildMs, artefactBytes, shipMs }: Release): string {
  const [built, shipped] = [(buildMs / 1000).toFixed(1), Math.round(shipMs)];
  return `built in ${built} s, ${(artefactBytes / 1e6).toFixed(1)} MB unpacked in ${shipped} ms`;
}
