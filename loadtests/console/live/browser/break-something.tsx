// browser/break-something.tsx: one fault, one component, every shape that is ticked.
// Drawn by head.tsx: within reach while the shapes are looked at.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { useState } from 'preact/hooks';
import type { LiveState } from '../live-state.ts';
import { order } from './orders.ts';
import { Problems } from './problems.tsx';
import { useShapes } from './which-shapes.tsx';

/** What each does, in the words of who meets it. */
const faults: readonly (readonly [kind: string, does: string])[] = [
  ['crash', 'its process dies at the next call'],
  ['kill', 'its process is killed now, without a call'],
  ['exception', 'a bug: an exception nobody expected'],
  ['error', 'it answers 503'],
  ['latency', 'it answers, 0.8 s late'],
  ['wrong', 'it answers wrong numbers'],
  ['hang', 'an endless loop: its process stands still for 1.5 s'],
  ['leak', 'every call keeps 16 MB of memory'],
  ['rejection', 'a promise fails in the background'],
  ['slow-query', 'a statement that takes 1.5 s'],
  ['db-lock', 'somebody locks its database'],
  ['pool', 'no connection to its database is free'],
];

interface Props {
  readonly state: LiveState;
  readonly instructor: boolean;
}

export function BreakSomething({ state, instructor }: Props) {
  const [kind, setKind] = useState('crash');
  const [component, setComponent] = useState<Feature>('payments');
  const [percent, setPercent] = useState(100);
  const [seconds, setSeconds] = useState(10);
  const [problems, setProblems] = useState<string[]>([]);
  const { chosen, boxes } = useShapes(state);
  const strike = async () => {
    const wish = { kind, component, percent, durationMs: seconds * 1000, shapes: chosen };
    setProblems(await order('fault', wish));
  };
  return (
    <fieldset class="break" disabled={!instructor}>
      <legend class="unseen">Break something</legend>
      <select
        aria-label="What"
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
      >
        {faults.map(([name, does]) => (
          <option key={name} value={name}>{`${name}: ${does}`}</option>
        ))}
      </select>
      <select
        aria-label="Where"
        value={component}
        onChange={(event) => setComponent(event.currentTarget.value as Feature)}
      >
        {features.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <Slider label={`${percent} % of calls`} least={5} most={100} at={percent} set={setPercent} />
      <Slider label={`for ${seconds} s`} least={1} most={60} at={seconds} set={setSeconds} />
      {boxes}
      <button type="button" class="strike" disabled={chosen.length === 0} onClick={strike}>
        ⚡ {kind} {component}
      </button>
      <button type="button" class="heal" onClick={async () => setProblems(await order('heal'))}>
        ✚ Heal everything
      </button>
      <Problems sentences={problems} />
    </fieldset>
  );
}

interface SliderProps {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly at: number;
  readonly set: (value: number) => void;
}

function Slider({ label, least, most, at, set }: SliderProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="range"
        min={least}
        max={most}
        value={at}
        onInput={({ currentTarget }) => set(Number(currentTarget.value))}
      />
    </label>
  );
}
