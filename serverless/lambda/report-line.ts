// lambda/report-line.ts: the lines that Lambda itself writes to a log, and what an invocation costs.
// Called by invocation.ts and cold-start.ts.

/** What one invocation took. Times are ms, memory is MB (1024 KB). */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memorySizeMb: number;
  /** The most its environment has held so far, not only for this invocation; 0 where unknown. */
  readonly maxMemoryUsedMb: number;
  /** Of a cold start. */
  readonly initMs?: number | undefined;
  /** `failure`: the handler's own error; `error`: the runtime ended or answered too much. */
  readonly status: 'success' | 'failure' | 'timeout' | 'error';
  readonly errorType?: string | undefined;
}

/** Since August 2025 the init phase is billed, too ("AWS Lambda standardizes billing for INIT Phase"). */
export function billedDurationMs(durationMs: number, initMs = 0): number {
  return Math.max(1, Math.ceil(durationMs + initMs));
}

export function initStartLine(nodeVersion: string): string {
  return `INIT_START Runtime Version: nodejs:${nodeVersion}`;
}

/** Written for an init that failed; one that succeeds shows in the REPORT line. */
export function initReportLine(
  initMs: number,
  phase: 'init' | 'invoke',
  status: string,
  errorType?: string,
): string {
  const type = errorType === undefined ? '' : `\tError Type: ${errorType}`;
  return `INIT_REPORT Init Duration: ${initMs.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${type}`;
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

export function reportLine(report: Report): string {
  const parts = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${report.billedMs} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    `Max Memory Used: ${Math.round(report.maxMemoryUsedMb)} MB`,
  ];
  if (report.initMs !== undefined) parts.push(`Init Duration: ${report.initMs.toFixed(2)} ms`);
  // An error that the handler threw is the function's business: the line does not mention it.
  if (report.status === 'timeout') parts.push('Status: timeout');
  if (report.status === 'error') parts.push('Status: error', `Error Type: ${report.errorType}`);
  return `${parts.join('\t')}\t`;
}
