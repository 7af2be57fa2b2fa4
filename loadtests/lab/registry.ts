// lab/registry.ts: the experiments there are, in the order in which they are listed and run.
// Read by commands/lab/ and run-experiments.ts; an experiment that is not here does not exist.
import { architectureOrFramework } from '../experiments/architecture-or-framework.ts';
import { availability } from '../experiments/availability.ts';
import { blastRadius } from '../experiments/blast-radius.ts';
import { calibration } from '../experiments/calibration.ts';
import { callPollCallback } from '../experiments/call-poll-callback.ts';
import { coldStarts } from '../experiments/cold-starts.ts';
import { deployment } from '../experiments/deployment.ts';
import { hopCost } from '../experiments/hop-cost.ts';
import { loadTools } from '../experiments/load-tools.ts';
import { reportsBesideCheckout } from '../experiments/reports-beside-checkout.ts';
import { rowsOrColumns } from '../experiments/rows-or-columns.ts';
import { scaling } from '../experiments/scaling.ts';
import { slowestComponent } from '../experiments/slowest-component.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import type { Experiment } from './experiment.ts';

export const experiments: readonly Experiment[] = [
  calibration,
  hopCost,
  architectureOrFramework,
  loadTools,
  blastRadius,
  availability,
  deployment,
  scaling,
  slowestComponent,
  callPollCallback,
  coldStarts,
  rowsOrColumns,
  reportsBesideCheckout,
];

/**
 * @param name an id or a code, in any case: `blast-radius`, `e4`
 * @throws CannotStart naming the ones there are
 */
export function experimentOf(name: string, known: readonly Experiment[] = experiments): Experiment {
  const asked = name.toLowerCase();
  const found = known.find(({ definition: { id, code } }) =>
    [id, code.toLowerCase()].includes(asked),
  );
  if (found !== undefined) return found;
  const names = known.map(({ definition: { id, code } }) => `${code} ${id}`).join(', ');
  throw new CannotStart(
    `There is no experiment "${name}": choose one of ${names || '(none yet)'}.`,
  );
}
