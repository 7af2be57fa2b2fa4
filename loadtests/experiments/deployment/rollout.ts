// experiments/deployment/rollout.ts: one version after the other on a target under load.
// Called by deployment.ts once a block and arm; afterwards the good version runs.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../../lab/experiment.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { nowMs } from '../../targets/life.ts';
import type { RunningTarget } from '../../targets/platform.ts';
import type { DeploymentArm } from './arms.ts';
import type { VersionName } from './versions.ts';

/** Times are ms since the start of the load. */
export interface Rollout {
  readonly version: VersionName;
  readonly deployedAtMs: number;
  /** When the platform said that it was live, or refused it. */
  readonly saidAtMs: number;
  readonly refused: boolean;
  /** When a good release was live again after another, or after a refusal; null: no need. */
  readonly backAtMs: number | null;
  /** What was on its way until here belongs to this rollout. */
  readonly endedAtMs: number;
}

const STEADY_MS = 600;
/** How long a version that looks well is left, before somebody has noticed. */
const UNNOTICED_MS = 500;
const SETTLE_MS = 500;

/**
 * Deploys a version; a bad or a wrong one is rolled back by deploying `good`, and so is a good one
 * that was refused: what is recreated would stay down.
 * @throws CannotStart when that is refused too: nothing can be measured any more
 */
export async function rollOut(
  lab: Lab,
  running: RunningTarget,
  { component, strategy }: DeploymentArm,
  version: VersionName,
  folders: Readonly<Record<VersionName, string>>,
  zeroMs: number,
): Promise<Rollout> {
  const now = () => nowMs() - zeroMs;
  const wait = (ms: number) => sleep(ms, undefined, { signal: lab.signal });
  const live = (name: VersionName) =>
    running.deploy(component, { releaseFolder: folders[name], strategy });
  lab.phase({ phase: 'steady', what: running.target.name, lengthMs: STEADY_MS });
  await wait(STEADY_MS);
  lab.phase({ phase: 'inject', what: `deploying a ${version} version`, lengthMs: 0 });
  const deployedAtMs = now();
  const refused = await isRefused(live(version));
  const saidAtMs = now();
  if (version === 'wrong') await wait(UNNOTICED_MS);
  const mustGoBack = refused || version !== 'good';
  if (mustGoBack) {
    lab.phase({ phase: 'revert', what: 'the release before', lengthMs: 0 });
    await live('good');
  }
  const backAtMs = mustGoBack ? now() : null;
  lab.phase({ phase: 'recover', what: running.target.name, lengthMs: SETTLE_MS });
  await running.waitReady();
  await wait(SETTLE_MS);
  return { version, deployedAtMs, saidAtMs, refused, backAtMs, endedAtMs: now() };
}

async function isRefused(deployment: Promise<void>): Promise<boolean> {
  try {
    await deployment;
    return false;
  } catch (error) {
    if (error instanceof CannotStart) return true;
    throw error;
  }
}
