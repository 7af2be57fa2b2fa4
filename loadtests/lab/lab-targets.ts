// lab/lab-targets.ts: every target an experiment may name.
// Called by run-experiments.ts and the commands.
import { CannotStart } from '../targets/cannot-start.ts';
import { controlTargetsAt } from '../targets/control-targets.ts';
import { withOwnData } from '../targets/own-data.ts';
import { shapesAt, type Target } from '../targets/targets.ts';

export function labTargets(portBase: number): Readonly<Record<string, Target>> {
  return { ...shapesAt(portBase), ...controlTargetsAt(portBase) };
}

/** @throws CannotStart naming the targets there are */
export function targetsNamed(names: readonly string[], portBase: number): Target[] {
  const known = labTargets(portBase);
  return [...new Set(names)].map((name) => {
    const target = known[name.trim()];
    if (target !== undefined) return withOwnData(target, 'lab');
    throw new CannotStart(
      `There is no target "${name}": choose from ${Object.keys(known).join(', ')}.`,
    );
  });
}
