// browser/controls.tsx: what an instructor can do to the shapes; a student sees it and cannot press it.
// Drawn by main.tsx.
import type { LiveState } from '../live-state.ts';
import { CallOrQueue } from './call-or-queue.tsx';
import { DeploySomething } from './deploy-something.tsx';
import { Drill } from './drill.tsx';
import { Experiments } from './experiments.tsx';

interface Props {
  readonly state: LiveState;
  readonly instructor: boolean;
}

export function Controls({ state, instructor }: Props) {
  return (
    <div class="controls">
      <DeploySomething state={state} instructor={instructor} />
      <CallOrQueue state={state} instructor={instructor} />
      <Drill state={state} instructor={instructor} />
      <Experiments state={state} instructor={instructor} />
    </div>
  );
}
