// experiments/deployment/samples.ts: the rows of one rollout as metrics, and what charts need of them.
// Called by deployment.ts after each run of load; pure.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { type Around, rowsAround, type Span } from '../../lab/around.ts';
import {
  isLost,
  type Losses,
  lossesOf,
  outageOf,
  surprisesOf,
  touchedOf,
} from '../../lab/losses.ts';
import type { Sample } from '../../lab/result.ts';
import { totalOf } from '../../lab/totals.ts';
import type { Row } from '../../load/results.ts';
import { type DeploymentArm, EVERY_ROLLOUT, partOf } from './arms.ts';
import type { Release } from './pipeline.ts';
import type { Rollout } from './rollout.ts';
import type { VersionName } from './versions.ts';

export interface RolloutDetail extends Around {
  readonly arm: string;
  readonly version: VersionName;
  readonly byFeature: Losses;
}

/** What is drawn around a deployment. */
export const span: Span = { fromMs: -600, toMs: 6000, stepMs: 200 };

/** @param release what was built for the good version; the others were built beforehand */
export function sampleOf(
  arm: Pick<DeploymentArm, 'name' | 'component' | 'strategy'>,
  rollout: Rollout,
  release: Release,
  rows: readonly Row[],
): Sample {
  const { version, deployedAtMs, saidAtMs, backAtMs, endedAtMs, refused } = rollout;
  const window = rows.filter(({ t }) => t >= deployedAtMs && t < endedAtMs);
  const byFeature = lossesOf(window);
  const lostRequests = window.filter(isLost).length;
  const predicted = predictedFor(arm, version);
  const detail: RolloutDetail = {
    arm: arm.name,
    version,
    byFeature,
    rows: rowsAround(rows, deployedAtMs, span),
    inForceMs: (backAtMs ?? saidAtMs) - deployedAtMs,
  };
  return {
    arm: partOf(arm.name, version),
    metrics: {
      lostRequests,
      lostShare: lostRequests / Math.max(1, window.length),
      featuresDown: touchedOf(byFeature).length,
      ...(predicted && surprisesOf(byFeature, predicted)),
      ...(version === 'bad'
        ? { acceptedBad: refused ? 0 : 1 }
        : { refusedWrongly: refused ? 1 : 0 }),
      downMs: outageOf(window) ?? 0,
      ...(version === 'good' && !refused && costsOf(release, saidAtMs - deployedAtMs)),
      ...(version !== 'good' && backAtMs !== null && { rollbackMs: backAtMs - deployedAtMs }),
    },
    doubts: [],
    detail,
  };
}

function costsOf({ zip: _, folder: __, ...costs }: Release, startMs: number) {
  return { ...costs, startMs, leadMs: costs.buildMs + costs.shipMs + startMs };
}

const totals = ['touchedUnpredicted', 'sparedPredicted', 'acceptedBad', 'refusedWrongly'];

/** Over all rollouts of a block. */
export const rolloutTotals = (samples: readonly Sample[]) =>
  totalOf(EVERY_ROLLOUT, totals, samples);

/** What is recreated is down for whoever needs it; bit by bit, requests are counted, not features. */
function predictedFor(
  { component, strategy }: Pick<DeploymentArm, 'component' | 'strategy'>,
  version: VersionName,
): readonly Feature[] | undefined {
  if (strategy !== 'recreate' || version === 'wrong') return undefined;
  return component === 'catalog' ? ['catalog', 'orders'] : features;
}
