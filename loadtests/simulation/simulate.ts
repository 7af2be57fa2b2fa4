// simulation/simulate.ts: how long simulated changes of several teams take to go live.
// Called by sweep.ts and by the deployment experiment. All it returns is SIMULATED, and says so.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { meanOf } from '../statistics/line.ts';
import { quantileOf, valueAt } from '../statistics/quantile.ts';
import { type Change, hourMs, simulatedChanges, type Teams } from './changes.ts';
import { type Passage, type Traffic, throughOne, throughOwn } from './pipelines.ts';

/**
 * How changes get from ready to live. `pipelineMs` are durations of one run, from measurements; each
 * is as likely, and a single one is constant.
 */
export type Discipline =
  | { readonly kind: 'serial'; readonly pipelineMs: readonly number[] }
  /** `batch`: the most changes tested together, at least 1. */
  | { readonly kind: 'merge queue'; readonly pipelineMs: readonly number[]; readonly batch: number }
  /** `coupledShare`: changes that must go through two pipelines in lockstep, 0 to 1. */
  | {
      readonly kind: 'pipeline each';
      readonly pipelineMs: readonly number[];
      readonly coupledShare: number;
    };

/** Of simulated changes ready after the first tenth of the span, which starts with empty queues. */
export interface SimulatedTimes {
  /** From ready to live; those sent back do not count. */
  readonly leadMsMean: number;
  readonly leadMsP50: number;
  readonly leadMsP90: number;
  /** From ready to the start of the first run, of all. */
  readonly waitingMsMean: number;
}

export interface SimulatedQueue {
  readonly simulated: true;
  readonly kind: Discipline['kind'];
  /** Work that comes in for each unit of work that gets done without a pause; ρ of a single pipeline. */
  readonly load: number;
  /** No number where none would last: with a load of 1 or more, the longer the span, the longer the wait. */
  readonly times: SimulatedTimes | 'grows without bound' | 'nothing went live';
  /** At the end of the span: arrived = live + sentBack + waiting (in a queue or a pipeline). */
  readonly changes: {
    readonly arrived: number;
    readonly live: number;
    readonly sentBack: number;
    readonly waiting: number;
  };
  /** Share of the span in which a pipeline runs, averaged over pipelines, 0 to 1. */
  readonly utilisation: number;
  /** Changes that went live within the span, for each 24 hours of it. */
  readonly livePerDay: number;
}

/**
 * Simulates one discipline. Changes still under way at the end of the span are followed to theirs,
 * so that long lead times are not cut off.
 * The same `teams` give every discipline the same changes.
 * @throws RangeError naming what is out of range
 */
export function simulateQueue(teams: Teams, discipline: Discipline): SimulatedQueue {
  checkDiscipline(discipline);
  const changes = simulatedChanges(teams);
  const traffic = trafficOf(changes, discipline, teams.seed);
  const spanMs = teams.spanHours * hourMs;
  const counts = countsAt(spanMs, changes.length, traffic.passages);
  const load = loadOf(teams, changes, discipline);
  return {
    simulated: true,
    kind: discipline.kind,
    load,
    times: load >= 1 ? 'grows without bound' : timesOf(traffic.passages, spanMs / 10),
    changes: counts,
    utilisation: busyMs(traffic, spanMs) / (pipelinesOf(teams, discipline) * spanMs),
    livePerDay: (counts.live * 24) / teams.spanHours,
  };
}

function trafficOf(changes: readonly Change[], discipline: Discipline, seed: number): Traffic {
  const { pipelineMs } = discipline;
  // Its own sequence: durations do not shift with what the changes drew, nor repeat another seed's.
  const random = seededRandom(seed ^ 0x5eed);
  const drawMs = () => valueAt(pipelineMs, Math.floor(random() * pipelineMs.length));
  if (discipline.kind === 'pipeline each')
    return throughOwn(changes, discipline.coupledShare, drawMs);
  return throughOne(changes, discipline.kind === 'serial' ? 1 : discipline.batch, drawMs);
}

/**
 * What would happen if all were ready at once: the time that then passes for each change, against
 * the time between two changes. Below 1 the queues stay finite, from 1 on they do not, even where
 * pipelines wait for each other (the saturation rule of Baccelli and Foss, 1995). Of pipelines apart
 * it is the load of the busiest, by chance a little above the average of all.
 */
function loadOf(teams: Teams, changes: readonly Change[], discipline: Discipline): number {
  if (changes.length === 0) return 0;
  const atOnce = changes.map((change) => ({ ...change, readyMs: 0 }));
  const { runs } = trafficOf(atOnce, discipline, teams.seed);
  const doneMs = runs.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
  const gapMs = hourMs / (teams.teams * teams.changesPerHour);
  return doneMs / changes.length / gapMs;
}

function countsAt(spanMs: number, arrived: number, passages: readonly Passage[]) {
  const ended = passages.filter(({ endMs }) => endMs <= spanMs);
  const live = ended.filter((passage) => passage.live).length;
  return {
    arrived,
    live,
    sentBack: ended.length - live,
    waiting: passages.filter(({ endMs }) => endMs > spanMs).length,
  };
}

function timesOf(passages: readonly Passage[], fromMs: number): SimulatedQueue['times'] {
  const counted = passages.filter(({ readyMs }) => readyMs >= fromMs);
  const leadMs = counted.filter(({ live }) => live).map(({ readyMs, endMs }) => endMs - readyMs);
  if (leadMs.length === 0) return 'nothing went live';
  return {
    leadMsMean: meanOf(leadMs),
    leadMsP50: quantileOf(leadMs, 0.5),
    leadMsP90: quantileOf(leadMs, 0.9),
    waitingMsMean: meanOf(counted.map(({ readyMs, startMs }) => startMs - readyMs)),
  };
}

function busyMs({ runs }: Traffic, spanMs: number): number {
  return runs.reduce(
    (sum, { startMs, endMs, pipelines }) =>
      sum + pipelines * Math.max(0, Math.min(endMs, spanMs) - startMs),
    0,
  );
}

function pipelinesOf({ teams }: Teams, { kind }: Discipline): number {
  return kind === 'pipeline each' ? teams : 1;
}

function checkDiscipline(discipline: Discipline): void {
  const { kind, pipelineMs } = discipline;
  if (pipelineMs.length === 0 || !pipelineMs.every((ms) => ms > 0 && Number.isFinite(ms)))
    throw new RangeError(`The ${kind} needs durations of its pipeline above 0 ms.`);
  if (kind === 'merge queue' && !(Number.isInteger(discipline.batch) && discipline.batch >= 1))
    throw new RangeError(`A batch holds 1 change or more, not ${discipline.batch}.`);
  if (kind === 'pipeline each' && !(discipline.coupledShare >= 0 && discipline.coupledShare <= 1))
    throw new RangeError(`coupledShare lies between 0 and 1, not at ${discipline.coupledShare}.`);
}
