// simulation/changes.ts: the simulated changes of several teams, as they become ready to go live.
// Used by simulate.ts. Everything here is made up from a seed; nothing is measured.
import { poissonGapMs, seededRandom } from '@lab/shared/domain/random.ts';

export interface Teams {
  /** 1 to 50. */
  readonly teams: number;
  /** Changes that each team has ready in an hour, on average, as a Poisson process; more than 0. */
  readonly changesPerHour: number;
  /** Chance that a change is bad: its pipeline fails and it is sent back; 0 to below 1. */
  readonly failureShare: number;
  /** Simulated hours in which changes become ready. */
  readonly spanHours: number;
  /** The same seed gives the same changes. */
  readonly seed: number;
}

/** One simulated change. */
export interface Change {
  /** Simulated ms since the start. */
  readonly readyMs: number;
  /** 0 to teams − 1. */
  readonly team: number;
  /** Another team whose component it touches as well, if it is coupled; null with one team. */
  readonly partner: number | null;
  /** It is coupled where this is below the coupled share, 0 to 1: a larger share keeps all that were. */
  readonly couplingDraw: number;
  readonly bad: boolean;
}

export const hourMs = 3_600_000;

/**
 * All changes of the span in the order in which they are ready.
 * @throws RangeError naming what is out of range
 */
export function simulatedChanges(teams: Teams): Change[] {
  checkTeams(teams);
  const random = seededRandom(teams.seed);
  const rateRps = (teams.teams * teams.changesPerHour * 1000) / hourMs;
  const changes: Change[] = [];
  // Poisson processes of equal rate add up to one, whose arrivals are anyone's with equal chance.
  let readyMs = poissonGapMs(random, rateRps);
  while (readyMs < teams.spanHours * hourMs) {
    changes.push(changeAt(readyMs, teams, random));
    readyMs += poissonGapMs(random, rateRps);
  }
  return changes;
}

/** Draws the same number of random numbers each time, so that a share can change and nothing else. */
function changeAt(readyMs: number, { teams, failureShare }: Teams, random: () => number): Change {
  const team = Math.floor(random() * teams);
  const others = Math.floor(random() * (teams - 1));
  return {
    readyMs,
    team,
    partner: teams === 1 ? null : (team + 1 + others) % teams,
    couplingDraw: random(),
    bad: random() < failureShare,
  };
}

function checkTeams({ teams, changesPerHour, failureShare, spanHours }: Teams): void {
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new RangeError(`The simulation needs ${what}.`);
  };
  must(Number.isInteger(teams) && teams >= 1 && teams <= 50, `1 to 50 teams, not ${teams}`);
  must(changesPerHour > 0, `changesPerHour above 0, not ${changesPerHour}`);
  must(
    failureShare >= 0 && failureShare < 1,
    `failureShare from 0 to below 1, not ${failureShare}`,
  );
  must(spanHours > 0 && spanHours < Infinity, `spanHours above 0, not ${spanHours}`);
}
