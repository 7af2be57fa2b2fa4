// load/capacity.ts: how much a target can do, by autocannon's closed loop; not how fast it is.
// Run by capacity-process.ts; the caller measures the target's CPU over the same time.
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { ScenarioName } from '../scenarios/names.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import type { Shot, Targeter } from '../scenarios/shot.ts';
import { outageSafe } from './outage-safe.ts';
import { refuseOtherMachines, within } from './plan.ts';

/** Plain data: it crosses a process boundary. */
export interface CapacityPlan {
  /** On 127.0.0.1; GET this, or with a scenario its base. */
  readonly url: string;
  /** Requests in flight at any time, 1–500. */
  readonly connections: number;
  /** 1–120, whole; the loop ends on a full second. */
  readonly seconds: number;
  /** Left out: GET `url` again and again, where any 2xx is good. */
  readonly scenario?: ScenarioName;
  /** Needed by scenarios with operations that are not open. */
  readonly customerKey?: string;
  /** Default 1. */
  readonly seed?: number;
}

export interface Capacity {
  /** Good answers: checked against the truth with a scenario, else 2xx. */
  readonly requests: number;
  /** Good answers a second. */
  readonly rps: number;
  readonly sent: number;
  readonly answered: number;
  /** Answered, but not good. */
  readonly errors: number;
  /** Why, and how often. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Sent on a connection that broke before the answer. */
  readonly lost: number;
  readonly timeouts: number;
  readonly elapsedMs: number;
  /** What autocannon itself says, in whole ms, rounded down: shown beside the truth, never instead. */
  readonly said: {
    readonly latencyMsP50: number;
    readonly latencyMsP90: number;
    readonly latencyMsP99: number;
    readonly latencyMsP999: number;
  };
  /** Of the generator: close to `elapsedMs` means that it, not the target, was the limit. */
  readonly cpuMs: number;
  /** Sentences; empty when the figure may be believed. */
  readonly invalid: readonly string[];
}

/**
 * Keeps `connections` requests in flight for `seconds`. Runs in this process, which must do
 * nothing else meanwhile.
 * @throws RangeError for a plan out of bounds
 */
export async function measureCapacity(plan: CapacityPlan): Promise<Capacity> {
  refuseOtherMachines(plan.url);
  within('connections', plan.connections, 1, 500);
  within('seconds', plan.seconds, 1, 120);
  const counts = createCounts();
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const result = await autocannon({
    url: plan.url,
    connections: plan.connections,
    duration: plan.seconds,
    // No rate: it would come in bursts, with a latency correction that is a thousandfold off
    // (without one there is none to ignore). No workers: each would add the whole load again.
    timeout: 10,
    setupClient: outageSafe(counts.lose),
    requests: [plan.scenario === undefined ? plainRequest(counts) : scenarioRequest(plan, counts)],
  });
  const cpu = process.cpuUsage(startCpu);
  const measured = {
    ...counts.sofar(),
    sent: result.requests.sent,
    timeouts: result.timeouts,
    elapsedMs: performance.now() - startMs,
    said: saidBy(result),
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
  const rps = (measured.requests * 1000) / measured.elapsedMs;
  return { ...measured, rps, invalid: invalidReasons(plan, measured) };
}

function saidBy({ latency }: autocannon.Result): Capacity['said'] {
  return {
    latencyMsP50: latency.p50,
    latencyMsP90: latency.p90,
    latencyMsP99: latency.p99,
    latencyMsP999: latency.p99_9,
  };
}

interface Counts {
  answer(finding: string): void;
  lose(count: number): void;
  sofar(): Pick<Capacity, 'requests' | 'answered' | 'errors' | 'lost' | 'reasons'>;
}

// Counted here, at each answer: autocannon's own totals miss the ones after its last tick.
function createCounts(): Counts {
  const reasons = new Map<string, number>();
  let requests = 0;
  let errors = 0;
  let lost = 0;
  return {
    answer(finding) {
      if (finding === 'ok') requests += 1;
      else {
        errors += 1;
        reasons.set(finding, (reasons.get(finding) ?? 0) + 1);
      }
    },
    lose(count) {
      lost += count;
    },
    sofar: () => ({
      requests,
      errors,
      lost,
      answered: requests + errors,
      reasons: Object.fromEntries(reasons),
    }),
  };
}

function plainRequest(counts: Counts): autocannon.Request {
  return {
    onResponse: (status) => counts.answer(status >= 200 && status < 300 ? 'ok' : `http-${status}`),
  };
}

/** One endless request: the targeter makes the next one each time; the context carries its shot. */
function scenarioRequest(plan: CapacityPlan, counts: Counts): autocannon.Request {
  const targeter = targeterOf(plan);
  return {
    setupRequest(request, context) {
      const shot = targeter.nextShot();
      Object.assign(context, { shot });
      const { path, headers, body } = shot;
      return {
        ...request,
        method: shot.operation.method,
        path,
        headers: { ...headers },
        body: body ?? '',
      };
    },
    onResponse(status, body, context) {
      counts.answer(findingOf((context as { shot: Shot }).shot, status, body));
    },
  };
}

function targeterOf({ scenario = 'browse', seed = 1, customerKey = '' }: CapacityPlan): Targeter {
  const clock = () => performance.now();
  return scenarios[scenario]({ seed, customerKey, runId: randomUUID(), clock });
}

function findingOf(shot: Shot, status: number, text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const finding = shot.check(status, body);
    if (finding === 'ok') shot.learn?.(body);
    return finding;
  } catch {
    return 'not-json';
  }
}

type Measured = Omit<Capacity, 'rps' | 'invalid'>;

function invalidReasons(plan: CapacityPlan, measured: Measured): string[] {
  const { requests, sent, answered, errors, lost, timeouts, cpuMs, elapsedMs } = measured;
  // Up to one request a connection is cut off in flight by the end.
  const missing = sent - answered - lost - timeouts;
  const findings: readonly (readonly [broken: boolean, sentence: string])[] = [
    [requests === 0, 'No answer was good.'],
    [errors > 0, `${errors} answers were not good.`],
    [lost > 0, `${lost} requests were lost with their connections.`],
    [timeouts > 0, `${timeouts} requests timed out.`],
    [missing < 0 || missing > plan.connections, `${missing} requests are not accounted for.`],
    [cpuMs / elapsedMs > 0.95, 'The generator used a whole core: it may have been the limit.'],
  ];
  return findings.filter(([broken]) => broken).map(([, sentence]) => sentence);
}
