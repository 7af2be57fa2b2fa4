// lambda/invocation.ts: one invocation from START to REPORT, on a warm environment or a new one.
// Called by invoke.ts, which has taken a place for it.
import { performance } from 'node:perf_hooks';
import { coldStart } from './cold-start.ts';
import { type Ending, type FunctionError, functionErrorOf } from './ending.ts';
import type { Environment } from './environment.ts';
import type { Emit } from './events.ts';
import type { FunctionVersion } from './functions.ts';
import type { Logs } from './logs.ts';
import type { Pool } from './pool.ts';
import { billedDurationMs, endLine, type Report, reportLine, startLine } from './report-line.ts';
import type { Invocation } from './runtime-api.ts';

/** What the caller of a synchronous invocation gets. */
export interface InvocationResult {
  readonly requestId: string;
  /** `$LATEST` or a number. */
  readonly executedVersion: string;
  /** JSON: what the handler returned, or the error. */
  readonly payload: Buffer;
  /** Set when the function failed, however it did; the request itself was a success all the same. */
  readonly functionError?: 'Unhandled' | undefined;
  /** The last 4 KB of the log, from START to REPORT. */
  readonly logTail: string;
  readonly report: Report;
  readonly isColdStart: boolean;
}

export interface InvocationServices {
  readonly logs: Logs;
  readonly emit: Emit;
  readonly now: () => number;
  readonly initLimitMs: number;
}

/** The deadline is set here: it depends on when the function can begin. */
export type InvocationRequest = Omit<Invocation, 'deadlineMs'>;

export async function runInvocation(
  pool: Pool,
  version: FunctionVersion,
  request: InvocationRequest,
  services: InvocationServices,
): Promise<InvocationResult> {
  const { logs } = services;
  const warm = pool.take();
  const cold = warm
    ? undefined
    : await coldStart(pool, version, logs, 'init', services.initLimitMs);
  logs.begin(request.requestId);
  logs.write(
    version.functionName,
    startLine(request.requestId, version.version),
    request.requestId,
  );
  const ran = await runWithin(pool, version, request, services, warm ?? cold?.environment);
  const result = conclude(version, request.requestId, services, ran, cold?.initMs);
  if (ran.environment !== undefined) pool.giveBack(ran.environment);
  return result;
}

interface Ran {
  readonly environment: Environment | undefined;
  readonly ending: Ending;
  readonly durationMs: number;
}

/** A failed init is tried again first, on the function's own time. */
async function runWithin(
  pool: Pool,
  version: FunctionVersion,
  request: InvocationRequest,
  { logs, now }: InvocationServices,
  ready: Environment | undefined,
): Promise<Ran> {
  const timeoutMs = version.settings.timeoutSeconds * 1000;
  const beganAt = performance.now();
  const restart = ready ? undefined : await coldStart(pool, version, logs, 'invoke', timeoutMs);
  const environment = ready ?? restart?.environment;
  let ending: Ending = restart?.ending ?? { kind: 'ready' };
  if (environment !== undefined) {
    const leftMs = Math.max(1, timeoutMs - (performance.now() - beganAt));
    const invocation = { ...request, deadlineMs: now() + leftMs };
    ending = await environment.invoke(invocation, leftMs);
  }
  const elapsedMs = performance.now() - beganAt;
  return { environment, ending, durationMs: ending.kind === 'timeout' ? timeoutMs : elapsedMs };
}

/** Writes END and REPORT and puts together the answer. */
function conclude(
  version: FunctionVersion,
  requestId: string,
  { logs, emit, now }: InvocationServices,
  { environment, ending, durationMs }: Ran,
  initMs: number | undefined,
): InvocationResult {
  const { functionName, settings } = version;
  const facts = { requestId, timeoutSeconds: settings.timeoutSeconds, atMs: now() };
  const error = functionErrorOf(ending, facts);
  const report: Report = {
    requestId,
    durationMs,
    billedMs: billedDurationMs(durationMs, initMs),
    memorySizeMb: settings.memorySizeMb,
    maxMemoryUsedMb: environment?.peakMemoryMb() ?? 0,
    initMs,
    status: error?.status ?? 'success',
    errorType: error?.errorType,
  };
  for (const line of [...(error?.logLines ?? []), endLine(requestId), reportLine(report)])
    logs.write(functionName, line, requestId);
  emit({ kind: 'report', functionName, report });
  return {
    requestId,
    executedVersion: version.version,
    payload: payloadOf(ending, error),
    functionError: error === undefined ? undefined : 'Unhandled',
    logTail: logs.finish(requestId),
    report,
    isColdStart: initMs !== undefined,
  };
}

function payloadOf(ending: Ending, error: FunctionError | undefined): Buffer {
  if (error !== undefined) return error.payload;
  return ending.kind === 'response' ? ending.payload : Buffer.from('null');
}
