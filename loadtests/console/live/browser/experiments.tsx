// browser/experiments.tsx: predict first, then run an experiment, then hold one against the other.
// Drawn by controls.tsx.
import { useEffect, useState } from 'preact/hooks';
import { bets } from '../bets.ts';
import type { LabRunLive, LiveState } from '../live-state.ts';
import { BetChart } from './bet-chart.tsx';
import { order } from './orders.ts';
import { PastResults } from './past-results.tsx';
import { keepPrediction, keptPrediction } from './predictions.ts';
import { Problems } from './problems.tsx';

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
  const question = bets.find((bet) => bet.id === id)?.question;
  return (
    <fieldset>
      <legend>Experiments</legend>
      <label>
        <span>Which</span>
        <select value={id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {bets.map((bet) => (
            <option key={bet.id}>{bet.id}</option>
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
  const [bet, setBet] = useState<string | null>(null);
  const running = run.state === 'running';
  // What was said before the run: later it would be no prediction.
  useEffect(() => {
    if (running) setBet(keptPrediction(run.id));
  }, [running, run.id]);
  const guess = bet ?? keptPrediction(run.id);
  return (
    <div class="lab-run" data-run={run.state}>
      <p>
        <b>{run.id}</b>: {run.state}
        {guess !== '' && run.outcome === null && <> · you said {guess}</>}
        {run.report !== null && (
          <>
            {' '}
            · <a href={`/results/${run.report}/report.html`}>the report</a>
          </>
        )}
      </p>
      {run.outcome !== null && <BetChart outcome={run.outcome} guess={guess} />}
      <pre aria-live="off">{run.lines.join('\n')}</pre>
    </div>
  );
}
