// experiments/under-load.ts: warm-up, steady load, then one crash after another; rows to results.
// Called by run-target.ts.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { features } from '@lab/shared/contract/operation.ts';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { metricsOf } from '../load/metrics.ts';
import { type Row, readRows } from '../load/results.ts';
import type { LiveSecond } from '../load/run-attack.ts';
import { type Attack, startAttack } from '../load/start-attack.ts';
import { defaultLimits, summaryOf } from '../load/summary.ts';
import { nowMs } from '../targets/life.ts';
import type { RunningTarget } from '../targets/platform.ts';
import type { Target } from '../targets/targets.ts';
import { cellsOf, type Span, tallies, within } from './cells.ts';
import { type CpuAccount, openCpuAccount } from './cpu-account.ts';
import { type Crash, crashComponent } from './crash.ts';
import type { ComparisonResult, CrashResult } from './result.ts';

export type Phase = 'start' | 'warm-up' | 'steady' | 'crash' | 'check';

/** What a screen may want to know while it runs. */
export interface Watcher {
  phase(step: { target: string; phase: Phase; component?: string; lengthMs: number }): void;
  second(target: string, second: LiveSecond): void;
}

export interface RunPlan {
  readonly config: ComparisonResult['config'];
  /** Where rows-<target>.jsonl goes. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What is broken, in this order: the six features, then a door that is a process of its own. */
export function componentsToCrash(target: Target): string[] {
  const names = target.components.map(({ name }) => name);
  return [...features, ...names.filter((name) => name === target.frontDoor && names.length > 1)];
}

/**
 * Losses and outages are measured here, in hundreds of ms: a generator that is 25 ms late for one
 * request in a hundred blurs nothing. An experiment about latency must ask for less.
 */
const LIMITS = { ...defaultLimits, lagMsP99: 25 };

/** Puts the target under load, breaks it, and makes results of the stored rows. */
export async function underLoad(running: RunningTarget, plan: RunPlan, watcher: Watcher) {
  const { name } = running.target;
  const { config, folder, signal } = plan;
  const rowsFile = join(folder, `rows-${name}.jsonl`);
  const attack = startAttack({
    baseUrl: running.baseUrl,
    scenario: config.scenario as 'mixed',
    rateRps: config.rateRps,
    arrivals: config.arrivals as 'constant',
    deadlineMs: config.deadlineMs,
    sloMs: config.sloMs,
    seed: config.seed,
    keys: { customer: DEMO_CUSTOMER_KEY },
    rowsFile,
  });
  attack.onSecond((second) => watcher.second(name, second));
  try {
    const zeroMs = await attack.started;
    const account = openCpuAccount(running);
    const phases = await breakAll(running, plan, watcher, { zeroMs, account });
    const load = await attack.stop();
    const cpu = { cpuMs: account.byComponent(), otherCpuRatio: account.otherRatio(load.cpuMs) };
    return { ...(await evaluate(rowsFile, zeroMs, phases, load)), ...cpu };
  } catch (error) {
    await attack.stop().catch(() => {});
    throw error;
  } finally {
    signal.throwIfAborted();
  }
}

interface Phases {
  readonly steady: Span;
  readonly steadyCpuMs: number;
  readonly loaded: RunningTarget['components'];
  readonly crashes: readonly Crash[];
}

async function breakAll(
  running: RunningTarget,
  { config, signal }: RunPlan,
  watcher: Watcher,
  { zeroMs, account }: { zeroMs: number; account: CpuAccount },
): Promise<Phases> {
  const target = running.target.name;
  const wait = (ms: number) => sleep(ms, undefined, { signal });
  watcher.phase({ target, phase: 'warm-up', lengthMs: config.warmUpMs });
  await wait(config.warmUpMs);
  watcher.phase({ target, phase: 'steady', lengthMs: config.steadyMs });
  const before = { atMs: nowMs() - zeroMs, cpuMs: totalCpuMs(running) };
  await wait(config.steadyMs);
  const steady = { fromMs: before.atMs, toMs: nowMs() - zeroMs };
  const loaded = running.components;
  const steadyCpuMs = totalCpuMs(running) - before.cpuMs;
  const crashes: Crash[] = [];
  for (const component of componentsToCrash(running.target)) {
    watcher.phase({ target, phase: 'crash', component, lengthMs: config.holdMs });
    const { holdMs } = config;
    const options = { holdMs, instructorKey: DEMO_INSTRUCTOR_KEY, signal };
    account.beforeCrash();
    const crash = await crashComponent(running, component, options);
    account.afterCrash(crash.process);
    crashes.push(crash);
  }
  return { steady, steadyCpuMs, loaded, crashes };
}

async function evaluate(
  rowsFile: string,
  zeroMs: number,
  { steady, steadyCpuMs, loaded, crashes }: Phases,
  load: Awaited<Attack['finished']>,
) {
  const rows: Row[] = [];
  for await (const row of readRows(rowsFile)) rows.push(row);
  const calm = within(rows, steady);
  const { total, byFeature } = tallies(calm);
  const cpuUsPerRequest = (steadyCpuMs * 1000) / Math.max(1, calm.length);
  return {
    loaded,
    acknowledged: rows.flatMap((row) =>
      row.op === 'placeOrder' && row.status === 201 && row.orderId ? [row.orderId] : [],
    ),
    result: {
      steady: { ...steady, total, byFeature, cpuUsPerRequest },
      crashes: crashes.map((crash) => crashResult(crash, zeroMs, rows)),
      total: tallies(rows.filter((row) => row.t >= steady.fromMs)).total,
      seconds: (await metricsOf(rows)).seconds(),
      load: { achievedRps: load.achievedRps, lagMsP99: load.lagMsP99, cpuMs: load.cpuMs },
      invalid: [...summaryOf(load, load, LIMITS).invalid, ...crashes.flatMap(neverDied)],
    },
  };
}

function crashResult(crash: Crash, zeroMs: number, rows: readonly Row[]): CrashResult {
  const since = (atMs: number | null) => (atMs === null ? null : atMs - zeroMs);
  const [diedAtMs, readyAtMs] = [since(crash.diedAtMs), since(crash.readyAtMs)];
  const away =
    diedAtMs === null || readyAtMs === null ? undefined : { fromMs: diedAtMs, toMs: readyAtMs };
  const windowStartMs = crash.orderedAtMs - zeroMs;
  const windowEndMs = crash.endedAtMs - zeroMs;
  return {
    component: crash.component,
    process: crash.process,
    orderedAtMs: windowStartMs,
    diedAtMs,
    readyAtMs,
    windowStartMs,
    windowEndMs,
    cells: cellsOf(within(rows, { fromMs: windowStartMs, toMs: windowEndMs }), away),
  };
}

const neverDied = ({ component, diedAtMs }: Crash): string[] =>
  diedAtMs === null ? [`${component} was told to crash and did not die.`] : [];

const totalCpuMs = (running: RunningTarget) =>
  running.components.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
