// browser/experiments.tsx: predict first, then run an experiment, then hold one against the other.
// Drawn by controls.tsx.
import { useState } from 'preact/hooks';
import type { LabRunLive, LiveState } from '../live-state.ts';
import { order } from './orders.ts';
import { PastResults } from './past-results.tsx';
import { keepPrediction, keptPrediction } from './predictions.ts';
import { Problems } from './problems.tsx';

/** Those that can be run beside the shapes, each with the question to bet on. */
const experiments: readonly (readonly [id: string, question: string])[] = [
  ['blast-radius', 'payments crashes: how many of six features does the monolith lose?'],
  ['deployment', 'a line of catalog changes: how many seconds is the monolith away?'],
  ['slowest-component', 'by call, how many times what a queue costs is billed?'],
  ['hop-cost', 'a hop over HTTP: how many microseconds does it add?'],
  ['rows-or-columns', 'a report on 5 of 40 fields: what share of the bytes is read?'],
];

interface Props {
  readonly state: LiveState;
  readonly instructor: boolean;
}

export function Experiments({ state: { labRun }, instructor }: Props) {
  const [id, setId] = useState('blast-radius');
  const [guess, setGuess] = useState(keptPrediction('blast-radius'));
  const [problems, setProblems] = useState<string[]>([]);
  const choose = (chosen: string) => {
    setId(chosen);
    setGuess(keptPrediction(chosen));
  };
  const running = labRun?.state === 'running';
  const question = experiments.find(([name]) => name === id)?.[1];
  return (
    <fieldset>
      <legend>Experiments</legend>
      <label>
        <span>Which</span>
        <select value={id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {experiments.map(([name]) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Predict first: {question}</span>
        <input
          type="text"
          inputMode="decimal"
          value={guess}
          onInput={({ currentTarget }) => {
            setGuess(currentTarget.value);
            keepPrediction(id, currentTarget.value);
          }}
        />
      </label>
      <button
        type="button"
        disabled={!instructor}
        onClick={async () =>
          setProblems(await order(running ? 'stop' : 'experiment', running ? {} : { id }))
        }
      >
        {running ? '■ Stop it' : '▶ Run a short one'}
      </button>
      {labRun !== null && <LabRun run={labRun} />}
      <PastResults after={labRun?.state} />
      <Problems sentences={problems} />
    </fieldset>
  );
}

function LabRun({ run }: { readonly run: LabRunLive }) {
  const guess = keptPrediction(run.id);
  return (
    <div class="lab-run" data-run={run.state}>
      <p>
        <b>{run.id}</b>: {run.state}
        {guess !== '' && <> · you said {guess}</>}
        {run.report !== null && (
          <>
            {' '}
            ·{' '}
            <a href={`/results/${run.report}/report.html`}>
              the report, with formula and measurement
            </a>
          </>
        )}
      </p>
      <pre aria-live="off">{run.lines.join('\n')}</pre>
    </div>
  );
}
