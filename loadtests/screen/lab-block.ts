// screen/lab-block.ts: the block at the foot of the terminal while an experiment runs.
// Pure; drawn again and again by lab-screen.ts. At most twelve lines, none wider than the terminal.
import { createColors } from 'picocolors';
import type { Phase } from '../lab/watcher.ts';
import type { LiveSecond } from '../load/run-attack.ts';
import { type Feature, features } from '../targets/targets.ts';
import { blockWords, doneRatio, type LabState, leftMs, secondsOf } from './lab-state.ts';
import { mainTrouble, p99Words, sparkline } from './live-words.ts';
import { cut, plain } from './text-table.ts';

export const mostLines = 12;

/** What is special is also told by capitals, a symbol or a word: colour only repeats it. */
const colors = createColors(true);
type Paint = (text: string) => string;

/** A line, and how to paint it once it has been cut: escapes have no width. */
interface Line {
  readonly text: string;
  readonly paint?: Paint;
}

/** @param columns of the terminal; the last one stays free, for some terminals wrap at it */
export function labBlock(state: LabState, nowMs: number, columns: number): string[] {
  const room = columns - 1;
  const lines: Line[] = [
    { text: '' },
    { text: headline(state), paint: colors.bold },
    { text: phaseBar(state), paint: emphasised },
    { text: stepWords(state, nowMs) },
    { text: armWords(state) },
    ...featureLines(state, room),
    { text: progressLine(state, nowMs, room), paint: colors.dim },
  ];
  return lines.slice(0, mostLines).map(({ text, paint = same }) => paint(cut(text, room)));
}

function headline(state: LabState): string {
  return `${state.code} ${plain(state.title)}   ${blockWords(state)}`;
}

const trial: readonly Phase[] = ['warm-up', 'steady', 'inject', 'hold', 'recover'];
/** A short phase stands in the place of its long neighbour. */
const places: Readonly<Partial<Record<Phase, Phase>>> = {
  preflight: 'warm-up',
  revert: 'recover',
  drain: 'recover',
  cooldown: 'recover',
};

/** `warm-up > steady > INJECT > hold > recover` */
function phaseBar({ phase, hasFaults }: LabState): string {
  const name = phase?.phase;
  const place = name && (places[name] ?? name);
  const known = hasFaults ? trial : trial.slice(0, 2);
  // Without a fault the end of a trial has no place of its own.
  const bar = place === undefined || known.includes(place) ? known : [...known, place];
  const words = bar.map((at) => (name && at === place ? name.toUpperCase() : at));
  return `  ${words.join(' > ')}`;
}

function emphasised(bar: string): string {
  return bar.replace(/[A-Z][A-Z-]+/, (word) => colors.bold(colors.inverse(word)));
}

/** `payments crashes, 4 s left` */
function stepWords({ phase }: LabState, nowMs: number): string {
  if (phase === undefined) return '';
  const passedMs = nowMs - phase.sinceMs;
  const time =
    phase.lengthMs > 0
      ? `${Math.max(0, Math.ceil((phase.lengthMs - passedMs) / 1000))} s left`
      : `${Math.floor(passedMs / 1000)} s so far`;
  return `  ${[plain(phase.what), time].filter(Boolean).join(', ')}`;
}

function armWords({ arm }: LabState): string {
  return arm === undefined ? '' : `  ${plain(arm.name)} (${arm.at + 1} of ${arm.of})`;
}

function featureLines(state: LabState, room: number): Line[] {
  const seconds = secondsOf(state);
  const asked = features.filter((feature) =>
    seconds.some((second) => second.features[feature] !== undefined),
  );
  return asked.map((feature) => featureLine(feature, seconds, room));
}

const nameWidth = 14;
const wordsWidth = 40;

function featureLine(feature: Feature, seconds: readonly LiveSecond[], room: number): Line {
  const barsWidth = Math.max(5, Math.min(60, room - nameWidth - wordsWidth - 4));
  const tallies = seconds.slice(-barsWidth).map((second) => second.features[feature]);
  const last = tallies.at(-1);
  const trouble = last === undefined ? '' : mainTrouble(last.outcomes);
  const words =
    last === undefined
      ? 'nobody asked'
      : [`${last.outcomes.ok} ok/s`.padStart(9), p99Words(last).padStart(8), trouble].join('  ');
  const bars = sparkline(tallies).padStart(barsWidth);
  const text = `  ${feature.padEnd(nameWidth)}${bars}  ${words}`.trimEnd();
  return { text, paint: trouble === '' ? same : colors.yellow };
}

/** `██████░░░░░░  42 %, about 3 min left` */
function progressLine(state: LabState, nowMs: number, room: number): string {
  const ratio = doneRatio(state);
  const width = Math.max(5, Math.min(30, room - 40));
  const full = Math.floor(ratio * width);
  const remainingMs = leftMs(state, nowMs);
  const left =
    remainingMs === undefined ? 'time left: known after the first arm' : timeLeft(remainingMs);
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  return `  ${bar}  ${Math.floor(ratio * 100)} %, ${left}`;
}

/** No more exact than it can be known: `about 3 min left`. */
export function timeLeft(ms: number): string {
  if (ms < 1000) return 'nearly done';
  if (ms < 90_000) return `about ${Math.ceil(ms / 5000) * 5} s left`;
  return `about ${Math.ceil(ms / 60_000)} min left`;
}

function same(text: string): string {
  return text;
}
