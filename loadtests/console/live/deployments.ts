// live/deployments.ts: builds, ships and starts a changed component in every shape, and rolls back.
// Called by orders.ts; one deployment at a time.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeRelease, type Release } from '../../experiments/deployment/pipeline.ts';
import { componentFor } from '../../lab/bindings.ts';
import { buildArtefact } from '../../targets/artefacts.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import type { RunningTarget } from '../../targets/platform.ts';
import { unpackArtefact } from '../../targets/releases.ts';
import type { Component } from '../../targets/targets.ts';
import type { History } from './history.ts';
import type { DeploymentLive, DeploymentStep } from './live-state.ts';
import { writeVersion } from './version.ts';

export interface DeploymentOrder {
  readonly component: string;
  readonly version: 'good' | 'bad';
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
  shapes: readonly RunningTarget[],
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

  async function ship(running: RunningTarget, order: DeploymentOrder, id: number): Promise<void> {
    const shape = running.target.name;
    const own = ownerOf(running, order.component);
    count += 1;
    const root = join(folder, `${shape}-${count}`);
    const before = await releaseNow(own);
    writeVersion(own, order.version, root);
    const made = await makeRelease({ component: own, root, releases: join(root, 'releases') }, []);
    if (closed) return tell(shape, { state: 'refused', words: 'The lab is being stopped.' });
    tell(shape, { words: `${inWords(made)}; starting` });
    history.strike(id, shape);
    try {
      await running.deploy(own.name, { releaseFolder: made.folder });
      tell(shape, { state: 'live', words: inWords(made) });
      remember(shape, own, root);
    } catch (error) {
      await rollBack(running, own, before, error as Error);
      discard(root);
    } finally {
      history.end(id, shape);
    }
  }

  /** @param root what it runs from now; undefined: the sources as they are. What it ran from goes. */
  function remember(shape: string, { name }: Component, root?: string): void {
    const place = `${shape}/${name}`;
    const old = runsFrom.get(place);
    if (old !== undefined) discard(old);
    if (root === undefined) runsFrom.delete(place);
    else runsFrom.set(place, root);
  }

  async function rollBack(
    running: RunningTarget,
    own: Component,
    releaseFolder: string,
    { message }: Error,
  ): Promise<void> {
    const shape = running.target.name;
    if (closed) return tell(shape, { state: 'down', words: 'The lab is being stopped.' });
    tell(shape, { words: `${message} Rolling back` });
    const gone = await running.deploy(own.name, { releaseFolder }).catch((error: Error) => error);
    if (gone === undefined) {
      remember(shape, own);
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

/** As well as it can be: what stays is swept at the next start. */
function discard(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    console.error('Console:', error);
  }
}

function stepOf(running: RunningTarget, role: string): DeploymentStep {
  const shape = running.target.name;
  const ships = componentFor(running.target, role)?.name ?? role;
  return { shape, ships, words: 'building', state: 'under way' };
}

/** @throws Error for a function: its cloud has its own way of deploying */
function ownerOf({ target }: RunningTarget, role: string): Component {
  const component = componentFor(target, role);
  if (component !== undefined && target.components.includes(component)) return component;
  throw new Error(`${role} is a function here: \`npm run deploy:local\` deploys those.`);
}

/** That of the sources as they are, which a rollback goes to. */
async function releaseNow(component: Component): Promise<string> {
  const { path } = await buildArtefact(component, repoRoot);
  return unpackArtefact(path, labFolders(repoRoot).releases);
}

function inWords({ buildMs, artefactBytes, shipMs }: Release): string {
  const [built, shipped] = [(buildMs / 1000).toFixed(1), Math.round(shipMs)];
  return `built in ${built} s, ${(artefactBytes / 1e6).toFixed(1)} MB unpacked in ${shipped} ms`;
}
