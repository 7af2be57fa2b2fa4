// audit/progress-line.ts: how far an audit is, in one line that is redrawn, or in a line now and then.
// Called by commands/audit.ts. Writes to stderr, so that stdout holds the result alone.
import type { Progress } from './run-audit.ts';

const eraseLine = '\r\u001b[2K';
const redrawEveryMs = 100;
const lineEveryMs = 5000;

export interface ProgressLine {
  show(progress: Progress): void;
  clear(): void;
}

/** @param orders how many checkouts the run has */
export function progressLine(target: string, orders: number): ProgressLine {
  const live = process.stderr.isTTY === true;
  const everyMs = live ? redrawEveryMs : lineEveryMs;
  let nextMs = 0;
  let phase: Progress['phase'] | undefined;
  return {
    show(progress) {
      const nowMs = performance.now();
      if (progress.phase === phase && nowMs < nextMs) return;
      phase = progress.phase;
      nextMs = nowMs + everyMs;
      const text = `  ${target}: ${sentenceOf(progress, orders)}`;
      process.stderr.write(live ? eraseLine + text : `${text}\n`);
    },
    clear() {
      if (live) process.stderr.write(eraseLine);
    },
  };
}

/** @returns `checking out, 412 of 1000 answered, 371 confirmed, 17 killed` */
export function sentenceOf({ phase, told, kills }: Progress, orders: number): string {
  if (phase === 'starting') return 'starting';
  const confirmed = told.filter(({ verdict }) => verdict === 'confirmed').length;
  return `${phase}, ${told.length} of ${orders} answered, ${confirmed} confirmed, ${kills} killed`;
}
