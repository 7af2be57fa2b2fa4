// browser/deploy-something.tsx: a good or a bad version of a component, in each shape what that means there.
// Drawn by controls.tsx.
import { features } from '@lab/shared/contract/operation.ts';
import { useState } from 'preact/hooks';
import type { DeploymentStep, LiveState } from '../live-state.ts';
import { order } from './orders.ts';
import { Problems } from './problems.tsx';
import { useShapes } from './which-shapes.tsx';

interface Props {
  readonly state: LiveState;
  readonly instructor: boolean;
}

const signs: Readonly<Record<DeploymentStep['state'], string>> = {
  'under way': '…',
  live: '✓ live:',
  refused: '✖ not deployed:',
  'rolled back': '↩ rolled back:',
  down: '✖ down:',
};

export function DeploySomething({ state, instructor }: Props) {
  const [component, setComponent] = useState('catalog');
  const [strategy, setStrategy] = useState('recreate');
  const [problems, setProblems] = useState<string[]>([]);
  const { chosen, boxes } = useShapes(state);
  const deploy = async (version: 'good' | 'bad') => {
    const wish = { component, version, strategy, shapes: chosen };
    setProblems(await order('deployment', wish));
  };
  return (
    <fieldset disabled={!instructor}>
      <legend>Deploy something</legend>
      <label>
        <span>One line changed in</span>
        <select value={component} onChange={(event) => setComponent(event.currentTarget.value)}>
          {features.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Replaced</span>
        <select value={strategy} onChange={({ currentTarget }) => setStrategy(currentTarget.value)}>
          <option value="recreate">at once: stopped, then started</option>
          <option value="rolling">one by one, where there are several</option>
        </select>
      </label>
      {boxes}
      <p class="pair">
        <button type="button" class="first" onClick={() => deploy('good')}>
          ⇪ a good version
        </button>
        <button type="button" onClick={() => deploy('bad')}>
          ⇪ one that does not start
        </button>
      </p>
      <ul class="steps" aria-live="polite">
        {state.deployment?.steps.map((step) => (
          <li key={step.shape} data-step={step.state}>
            <b>{step.shape}</b> ships {step.ships} · {signs[step.state]} {step.words}
          </li>
        ))}
      </ul>
      <Problems sentences={problems} />
    </fieldset>
  );
}
