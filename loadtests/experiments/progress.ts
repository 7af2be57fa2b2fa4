// experiments/progress.ts: what is being done to whom, how long still, and how the features fare.
// Called by compare: one block redrawn in place on a terminal, one line a step elsewhere.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import type { LiveSecond } from '../load/run-attack.ts';
import type { Tally } from '../load/tally.ts';
import type { Phase, Watcher } from './under-load.ts';

export interface Progress extends Watcher {
  /** Takes the block off the screen. May be called twice. */
  end(): void;
}

/** @param plain no block even on a terminal, as when the result goes to another program */
export function createProgress(
  stream: NodeJS.WriteStream,
  plain: boolean,
  now: () => number = performance.now.bind(performance),
): Progress {
  const live = stream.isTTY === true && !plain;
  let step: (Step & { sinceMs: number }) | undefined;
  let seconds = new Map<number, LiveSecond>();
  let drawn = 0;

  function draw(): void {
    if (step === undefined) return;
    const columns = stream.columns ?? 80;
    // A line that wraps would be two, and the next draw would leave one of them behind.
    const lines = block(step, now() - step.sinceMs, [...seconds.values()], columns).map((line) =>
      line.slice(0, columns - 1),
    );
    erase();
    stream.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  }
  function erase(): void {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  }

  const timer = live ? setInterval(draw, 250) : undefined;
  return {
    phase(next) {
      if (step?.target !== next.target) seconds = new Map();
      step = { ...next, sinceMs: now() };
      if (live) draw();
      else stream.write(`${headline(step, 0)}\n`);
    },
    second(_target, second) {
      seconds.set(second.second, second);
    },
    end() {
      clearInterval(timer);
      if (live) erase();
      step = undefined;
    },
  };
}

interface Step {
  readonly target: string;
  readonly phase: Phase;
  readonly component?: string;
  readonly lengthMs: number;
}

const words: Record<Phase, string> = {
  start: 'building and starting',
  'warm-up': 'warming up',
  steady: 'steady load',
  crash: 'crashed',
  check: 'checking every order in the databases',
};

function headline({ target, phase, component, lengthMs }: Step, passedMs: number): string {
  const leftS = Math.max(0, Math.ceil((lengthMs - passedMs) / 1000));
  const what = component ? `${component} ${words[phase]}` : words[phase];
  return `  ${target.padEnd(14)} ${what}, ${leftS} s`;
}

/** The headline and one line a feature: a bar a second, then the newest second in words. */
function block(
  step: Step,
  passedMs: number,
  seconds: readonly LiveSecond[],
  columns: number,
): string[] {
  const room = Math.max(10, Math.min(60, columns - 48));
  const shown = seconds.toSorted((one, other) => one.second - other.second).slice(-room);
  return [
    headline(step, passedMs),
    '',
    ...features.map((feature) => featureLine(feature, shown)),
    '',
  ];
}

function featureLine(feature: Feature, seconds: readonly LiveSecond[]): string {
  const bars = seconds.map((second) => bar(second.features[feature])).join('');
  // The newest second still has requests on their way; the one before it is nearly whole.
  const last = seconds.at(-2)?.features[feature];
  return `  ${feature.padEnd(14)} ${bars} ${last ? inWords(last) : ''}`;
}

const BARS = '▁▂▃▄▅▆▇█';

/** The share of a second's requests that were good: full is all of them. */
function bar(tally: Tally | undefined): string {
  if (tally === undefined || tally.sent === 0) return ' ';
  const good = tally.outcomes.ok + tally.outcomes.slow + tally.outcomes.degraded;
  return BARS[Math.round((good / tally.sent) * (BARS.length - 1))] ?? ' ';
}

function inWords({ sent, outcomes }: Tally): string {
  const bad = Object.entries(outcomes).filter(([name, n]) => name !== 'ok' && n > 0);
  const kinds = bad.map(([name, n]) => `${n} ${name}`).join(', ');
  return `${outcomes.ok}/${sent} ok${kinds ? `  ${kinds}` : ''}`;
}
