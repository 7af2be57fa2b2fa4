// lambda/cold-start.ts: the init phase: an environment is started and its module loaded.
// Called by invocation.ts when no environment is idle.
import { performance } from 'node:perf_hooks';
import { type Ending, functionErrorOf } from './ending.ts';
import type { Environment } from './environment.ts';
import type { FunctionVersion } from './functions.ts';
import type { Logs } from './logs.ts';
import type { Pool } from './pool.ts';
import { initReportLine, initStartLine } from './report-line.ts';

export interface ColdStart {
  /** Ready for its first invocation; undefined when the init failed. */
  readonly environment: Environment | undefined;
  readonly ending: Ending;
  readonly initMs: number;
}

/**
 * @param phase `invoke` when an init that failed is tried again as part of the invocation, as AWS does
 */
export async function coldStart(
  pool: Pool,
  { functionName }: FunctionVersion,
  logs: Logs,
  phase: 'init' | 'invoke',
  limitMs: number,
): Promise<ColdStart> {
  if (phase === 'init') logs.write(functionName, initStartLine(process.versions.node));
  const beganAt = performance.now();
  const environment = await pool.open(limitMs);
  const ending = await environment.initialised;
  const initMs = performance.now() - beganAt;
  if (ending.kind === 'ready') return { environment, ending, initMs };
  logs.write(functionName, failureLine(ending, initMs, phase));
  return { environment: undefined, ending, initMs };
}

function failureLine(ending: Ending, initMs: number, phase: 'init' | 'invoke'): string {
  if (ending.kind === 'timeout') return initReportLine(initMs, phase, 'timeout');
  const facts = { requestId: '', timeoutSeconds: 0, atMs: 0 };
  return initReportLine(initMs, phase, 'error', functionErrorOf(ending, facts)?.errorType);
}
