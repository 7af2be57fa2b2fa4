// browser/call-or-queue.tsx: how notifications and reports hear of an order, switched under load.
// Drawn by controls.tsx.
import { useState } from 'preact/hooks';
import type { LiveState } from '../live-state.ts';
import { order } from './orders.ts';
import { Problems } from './problems.tsx';

interface Props {
  readonly state: LiveState;
  readonly instructor: boolean;
}

export function CallOrQueue({ state, instructor }: Props) {
  const [problems, setProblems] = useState<string[]>([]);
  const able = state.shapes.filter(({ coupling }) => coupling !== null);
  const set = async (name: string, coupling: string) =>
    setProblems(await order('coupling', { coupling, shapes: [name] }));
  return (
    <fieldset disabled={!instructor}>
      <legend>Call or queue</legend>
      {able.length === 0 && (
        <p class="quiet">
          There is no queue to switch to: <code>LAB_COUPLING=sync npm start</code> begins with one.
        </p>
      )}
      {able.map(({ name, coupling }) => (
        <p class="pair" key={name}>
          <span>{name} tells of orders by</span>
          {(['sync', 'queue'] as const).map((way) => (
            <button
              key={way}
              type="button"
              aria-pressed={coupling === way}
              onClick={() => set(name, way)}
            >
              {way === 'sync' ? 'a call' : 'a queue'}
            </button>
          ))}
        </p>
      ))}
      <Problems sentences={problems} />
    </fieldset>
  );
}
