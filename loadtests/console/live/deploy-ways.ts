// live/deploy-ways.ts: how a component of a shape goes live, and back: as a process, or as a Lambda function.
// Called by deployments.ts, which builds what is to go live.
import type { Release } from '../../experiments/deployment/pipeline.ts';
import { componentFor } from '../../lab/bindings.ts';
import { type Buildable, buildArtefact } from '../../targets/artefacts.ts';
import { functionZips } from '../../targets/function-zips.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import type { Strategy } from '../../targets/platform.ts';
import { unpackArtefact } from '../../targets/releases.ts';
import { replicasOf } from '../../targets/replicas.ts';
import type { Component } from '../../targets/targets.ts';
import { updateFunctions } from './function-code.ts';
import { type LiveShape, notOurs } from './live-shape.ts';

export interface Way {
  /** What is built and shipped. */
  readonly component: Buildable;
  /** @throws Error when it does not start */
  goLive(made: Pick<Release, 'folder' | 'zip'>): Promise<void>;
  /** To the sources as they are. @throws Error when that does not start either */
  goBack(): Promise<void>;
}

/**
 * The way back is made first: nothing may have to be built while the shop is down.
 * @throws Error for what others run, and for what cannot be replaced like that
 */
export async function wayOf(shape: LiveShape, role: string, strategy: Strategy): Promise<Way> {
  const { target, asked } = shape;
  if (asked !== undefined) throw new Error(notOurs(target.name));
  const component = componentFor(target, role);
  if (component === undefined) throw new Error(`${target.name} has no ${role}.`);
  return target.components.includes(component)
    ? processWay(shape, component, strategy)
    : functionWay(shape, role);
}

async function processWay(
  shape: LiveShape,
  component: Component,
  strategy: Strategy,
): Promise<Way> {
  const { name, workers } = component;
  const isAlone = workers === undefined && replicasOf(shape.target, name).length < 2;
  if (strategy === 'rolling' && isAlone)
    throw new Error(`${name} is one process: it can be replaced at once only.`);
  const { path } = await buildArtefact(component, repoRoot);
  const before = await unpackArtefact(path, labFolders(repoRoot).releases);
  return {
    component,
    goLive: ({ folder: releaseFolder }) => shape.deploy(name, { releaseFolder, strategy }),
    goBack: () => shape.deploy(name, { releaseFolder: before }),
  };
}

/** New invocations run the new code, old ones end on the old: there is no other strategy. */
async function functionWay({ target }: LiveShape, role: string): Promise<Way> {
  const component = functionZips.find(({ name }) => name === `${role}-function`);
  if (component === undefined) throw new Error(`${target.name} has no function of ${role}.`);
  const { path } = await buildArtefact(component, repoRoot);
  return {
    component,
    goLive: ({ zip }) => updateFunctions(target, role, zip),
    goBack: () => updateFunctions(target, role, path),
  };
}
