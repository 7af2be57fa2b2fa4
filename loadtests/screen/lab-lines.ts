// screen/lab-lines.ts: the progress of an experiment as plain lines, for logs and pipes.
// Pure; printed by lab-screen.ts where nothing can be redrawn. The same facts as lab-block.ts.
import { timeLeft } from './lab-block.ts';
import { blockWords, type LabState, leftMs, secondsOf } from './lab-state.ts';
import { together, togetherWords } from './live-words.ts';
import { plain } from './text-table.ts';

/** `E4 Blast radius: 10 blocks` */
export function beginLine({ code, title, blocksWanted }: LabState): string {
  return `${code} ${plain(title)}: ${blocksWanted} block${blocksWanted === 1 ? '' : 's'}`;
}

/** One when an arm is over: where it stands, how long it took, what its load met. */
export function armLine(state: LabState, nowMs: number): string {
  const { arm } = state;
  if (arm === undefined) return '';
  const tookS = Math.round((nowMs - arm.sinceMs) / 1000);
  return `  ${place(state)}: ${[`${tookS} s`, loadWords(state, Infinity)].filter(Boolean).join(', ')}`;
}

/** Now and then while an arm runs: the phase, and the last seconds of load. */
export function aliveLine(state: LabState, nowMs: number): string {
  const { phase } = state;
  const what = phase ? [phase.phase, plain(phase.what)].filter(Boolean).join(': ') : '';
  const remainingMs = leftMs(state, nowMs);
  const left = remainingMs === undefined ? '' : timeLeft(remainingMs);
  const words = [what, loadWords(state, 10), left].filter(Boolean).join('; ');
  return `    ${[place(state), words].filter(Boolean).join(': ')}`;
}

function place(state: LabState): string {
  const { arm } = state;
  const armWords = arm && `${plain(arm.name)} (${arm.at + 1} of ${arm.of})`;
  return [blockWords(state), armWords].filter(Boolean).join(', ');
}

function loadWords(state: LabState, lastSeconds: number): string {
  const seconds = secondsOf(state).slice(-Math.min(lastSeconds, 1e6));
  return seconds.length === 0 ? '' : togetherWords(together(seconds));
}
