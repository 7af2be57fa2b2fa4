// lab/stretch.ts: a stretch of steady load on one target: what a request costs and how long it takes.
// Called by the experiments that compare costs; those that break something use trial.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Row, readRows } from '../load/results.ts';
import type { AttackSummary } from '../load/summary.ts';
import { addTo, createTally, type Tally, tallyOf } from '../load/tally.ts';
import { nowMs } from '../targets/life.ts';
import { rootPidsOf } from '../targets/memory.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { cpuMsOf } from './cpu-clock.ts';
import type { Gate, Workload } from './definition.ts';
import type { Lab } from './experiment.ts';
import { doubtsAbout } from './gate.ts';

export interface StretchPlan {
  /** Of the rows file: unique in the run. */
  readonly name: string;
  readonly workload: Workload;
  readonly gate: Gate;
  /** Load that is not counted, then load that is. */
  readonly warmUpMs: number;
  readonly lengthMs: number;
  readonly seed: number;
}

export interface Stretch {
  /** CPU of all processes of the target per request, µs. */
  readonly cpuUsPerRequest: number;
  /** Requests meant to leave within the counted time. */
  readonly tally: Tally;
  readonly rows: readonly Row[];
  readonly summary: AttackSummary;
  /** Why it cannot be trusted. */
  readonly doubts: readonly string[];
}

/** @throws Error when the generator could not run, or `lab.signal` was aborted */
export async function measureStretch(
  lab: Lab,
  running: RunningTarget,
  plan: StretchPlan,
): Promise<Stretch> {
  const { workload, warmUpMs, lengthMs, seed } = plan;
  const attack = lab.attack(plan.name, { ...workload, baseUrl: running.baseUrl, seed });
  try {
    const zeroMs = await attack.started;
    lab.phase({ phase: 'warm-up', what: running.target.name, lengthMs: warmUpMs });
    await until(zeroMs + warmUpMs, lab.signal);
    const pids = rootPidsOf(running);
    const [fromMs, cpuFromMs] = [nowMs() - zeroMs, cpuMsOf(pids)];
    lab.phase({ phase: 'steady', what: running.target.name, lengthMs });
    await until(zeroMs + warmUpMs + lengthMs, lab.signal);
    const [toMs, cpuToMs] = [nowMs() - zeroMs, cpuMsOf(pids)];
    const summary = await attack.stop();
    const rows = await rowsBetween(lab.rowsFile(plan.name), fromMs, toMs);
    return {
      cpuUsPerRequest: ((cpuToMs - cpuFromMs) * 1000) / Math.max(1, rows.length),
      tally: tallied(rows),
      rows,
      summary,
      doubts: doubtsAbout(summary, plan.gate),
    };
  } catch (error) {
    await attack.stop().catch(() => {});
    throw error;
  }
}

export function tallied(rows: Iterable<Row>): Tally {
  const tally = createTally();
  for (const row of rows) addTo(tally, row);
  return tallyOf(tally);
}

/** Rows of a file that were meant to leave within these times, in file order. */
export async function rowsBetween(file: string, fromMs: number, toMs: number): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of readRows(file)) if (row.t >= fromMs && row.t < toMs) rows.push(row);
  return rows;
}

/** @param epochMs on the clock of nowMs */
export async function until(epochMs: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, epochMs - nowMs()), undefined, { signal });
}
