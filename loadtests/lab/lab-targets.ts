// lab/lab-targets.ts: every target an experiment may name.
// Called by run-experiments.ts and the commands.
import { CannotStart } from '../targets/cannot-start.ts';
import { controlTargetsAt } from '../targets/control-targets.ts';
import { shapesAt, type Target } from '../targets/targets.ts';

export function labTargets(portBase: number): Readonly<Record<string, Target>> {
  return { ...shapesAt(portBase), ...controlTargetsAt(portBase) };
}

/** @throws CannotStart naming the targets there are */
export function targetsNamed(names: readonly string[], portBase: number): Target[] {
  const known = labTargets(portBase);
  return [...new Set(names)].map((name) => {
    const target = known[name.trim()];
    // Its own data: what `npm start` keeps is not an experiment's to delete.
    if (target !== undefined) return { ...target, instance: `${target.instance}-lab` };
    throw new CannotStart(
      `There is no target "${name}": choose from ${Object.keys(known).join(', ')}.`,
    );
  });
}
