// experiments/calibration/claims.ts: a long run cut into small ones, and what each would have claimed.
// Called by calibration.ts and its figures; pure.
import type { Block, Verdict } from '../../lab/result.ts';
import { intervalOf, ratiosOf } from '../../lab/values.ts';
import { type Claim, claimOf } from '../../statistics/claim.ts';

/** Blocks of a small run: the fewest that give a 95 % interval. */
export const SMALL_RUN = 6;
/** Below, nothing is said of how often the lab is wrong. */
export const RUNS_WANTED = 20;

export interface SmallRun {
  readonly nothing: Claim;
  readonly planted: Claim;
}

/** @param blocks accepted ones, in the order of their measurement; a rest that fills no run is left */
export function smallRuns(blocks: readonly Block[]): SmallRun[] {
  const count = Math.floor(blocks.length / SMALL_RUN);
  return Array.from({ length: count }, (_, index) => {
    const own = blocks.slice(index * SMALL_RUN, (index + 1) * SMALL_RUN);
    const aa = boundsOf(own, 'again');
    return {
      nothing: claimOf({ effect: boundsOf(own, 'same'), aa }),
      planted: claimOf({ effect: boundsOf(own, 'planted'), aa }),
    };
  });
}

export function runsOf(blocks: readonly Block[]) {
  const runs = smallRuns(blocks);
  return {
    runs: runs.length,
    claimedOfNothing: runs.filter(({ nothing }) => nothing === 'higher' || nothing === 'lower')
      .length,
    found: runs.filter(({ planted }) => planted === 'higher').length,
  };
}

/** What the issue of a lab that can be trusted comes down to; undecided while fewer runs are whole. */
export function claimVerdicts(blocks: readonly Block[]): Verdict[] {
  const { runs, claimedOfNothing, found } = runsOf(blocks);
  const of = (count: number) => `${count} of ${runs} small runs`;
  const status = (holds: boolean) =>
    runs < RUNS_WANTED ? 'inconclusive' : holds ? 'held' : 'refuted';
  return [
    {
      hypothesis: 'claimed-of-nothing',
      text: 'A shape against itself is called different in at most one of 20 small runs',
      predicted: '≤ 1 of 20',
      measured: of(claimedOfNothing),
      status: status(claimedOfNothing <= runs / 20),
      invariant: false,
    },
    {
      hypothesis: 'found-planted',
      text: 'A planted 20 % is found in at least nine of ten small runs',
      predicted: '≥ 9 of 10',
      measured: of(found),
      status: status(found >= 0.9 * runs),
      invariant: false,
    },
  ];
}

function boundsOf(blocks: readonly Block[], arm: string) {
  const { low, high } = intervalOf(ratiosOf(blocks, 'cpuUsPerRequest', arm, 'target'));
  return low === null || high === null ? null : { low, high };
}
