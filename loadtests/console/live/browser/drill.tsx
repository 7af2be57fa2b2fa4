// browser/drill.tsx: something is broken; the class names the component from the symptoms.
// Drawn by controls.tsx; the answer is with the server until it is asked for.
import { features } from '@lab/shared/contract/operation.ts';
import { useState } from 'preact/hooks';
import type { LiveState } from '../live-state.ts';
import { order } from './orders.ts';
import { Problems } from './problems.tsx';

interface Props {
  readonly state: LiveState;
  readonly instructor: boolean;
}

export function Drill({ state: { drill }, instructor }: Props) {
  const [seed, setSeed] = useState(1);
  const [guess, setGuess] = useState('');
  const [problems, setProblems] = useState<string[]>([]);
  const start = async () => {
    setGuess('');
    setProblems(await order('drill', { seed }));
  };
  return (
    <fieldset>
      <legend>Mystery drill</legend>
      <p class="pair">
        <label>
          <span>Case number</span>
          <input
            type="number"
            min={0}
            max={999_999}
            value={seed}
            disabled={!instructor}
            onInput={({ currentTarget }) => setSeed(Number(currentTarget.value))}
          />
        </label>
        <button type="button" disabled={!instructor} onClick={start}>
          ? Break something secretly
        </button>
      </p>
      {drill !== null && (
        <>
          <p>Where is it? Watch the three shapes, then say:</p>
          <p class="guesses">
            {features.map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={guess === name}
                onClick={() => setGuess(name)}
              >
                {name}
              </button>
            ))}
          </p>
          <Answer drill={drill} guess={guess} instructor={instructor} />
        </>
      )}
      <Problems sentences={problems} />
    </fieldset>
  );
}

interface AnswerProps {
  readonly drill: NonNullable<LiveState['drill']>;
  readonly guess: string;
  readonly instructor: boolean;
}

function Answer({ drill: { answer }, guess, instructor }: AnswerProps) {
  if (answer === null)
    return (
      <button type="button" disabled={!instructor} onClick={() => order('reveal')}>
        Reveal, and heal it
      </button>
    );
  const right = guess === answer.component;
  const verdict = guess === '' ? '' : right ? '✓ You were right. ' : `✗ Not ${guess}. `;
  return (
    <p role="status">
      {verdict}It was <b>{answer.kind}</b> in <b>{answer.component}</b>.
    </p>
  );
}
