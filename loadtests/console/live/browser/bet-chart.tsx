// browser/bet-chart.tsx: on one axis what was guessed, what was predicted, and what was measured.
// Drawn by experiments.tsx when a run has ended.
import type { OutcomeLive } from '../live-state.ts';

interface Props {
  readonly outcome: OutcomeLive;
  /** As it was typed. */
  readonly guess: string;
}

interface Range {
  readonly low: number | null;
  readonly high: number | null;
}

const signs: Readonly<Record<string, string>> = { held: '✓ held', refuted: '✗ refuted' };

export function BetChart({ outcome, guess }: Props) {
  const { unit, formula, text, status, predicted, measured } = outcome;
  const guessed = Number(guess.replace(',', '.'));
  const isGuess = guess.trim() !== '' && Number.isFinite(guessed) && guessed >= 0;
  const rows: [name: string, range: Range][] = [
    ...(isGuess ? [['you', { low: guessed, high: guessed }] as [string, Range]] : []),
    ['predicted', predicted],
    ['measured', measured],
  ];
  const ends = rows.flatMap(([, { low, high }]) => [low ?? 0, high ?? 0]);
  const most = Math.max(...ends) * 1.1 || 1;
  return (
    <figure class="bet">
      <figcaption>
        {formula !== null && <code>{formula}</code>}
        {text}: <b>{signs[status] ?? `~ ${status}`}</b>
      </figcaption>
      {rows.map(([name, range]) => (
        <div key={name} class={`bet-row ${name}`} data-bet={name}>
          <span>{name}</span>
          <Bar range={range} most={most} />
          <span>
            {shown(range)} {unit}
          </span>
        </div>
      ))}
      <p class="quiet">measured: from the lowest to the highest block, from 0</p>
    </figure>
  );
}

/** Without a bound it reaches the end of the axis. */
function Bar({ range: { low, high }, most }: { readonly range: Range; readonly most: number }) {
  const [from, to] = [((low ?? 0) / most) * 100, ((high ?? most) / most) * 100];
  return (
    <span class="track">
      <i style={{ left: `${from}%`, width: `${Math.max(1, to - from)}%` }} />
    </span>
  );
}

function shown({ low, high }: Range): string {
  if (low === null) return `≤ ${round(high ?? 0)}`;
  if (high === null) return `≥ ${round(low)}`;
  return low === high ? round(low) : `${round(low)}–${round(high)}`;
}

const round = (value: number) => String(Number(value.toPrecision(3)));
