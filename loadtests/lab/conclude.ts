// lab/conclude.ts: what follows from the blocks of an experiment: verdicts, a sentence, figures.
// Called by run-experiment.ts once they are measured; pure.
import { evaluate } from './evaluate.ts';
import type { Arm, Experiment } from './experiment.ts';
import { labTargets } from './lab-targets.ts';
import type { Block } from './result.ts';
import type { RunOptions } from './run-experiment.ts';
import { acceptedOf } from './values.ts';

export interface Measured {
  readonly arms: readonly Arm[];
  readonly blocks: readonly Block[];
}

/** What follows from the blocks; `detail` was for the figures and stays out of what is stored. */
export function concluded(
  experiment: Experiment,
  { arms, blocks }: Measured,
  wanted: number,
  {
    platform,
    size,
    targets,
    portBase,
  }: Pick<RunOptions, 'platform' | 'size' | 'targets' | 'portBase'>,
) {
  const plans = arms.flatMap((arm) => arm.parts ?? [arm]);
  const evaluated = evaluate(experiment.definition, plans, blocks, wanted, {
    platform: platform.name,
    size,
    targets: targets.map(({ name }) => name),
    known: Object.keys(labTargets(portBase)),
  });
  const accepted = acceptedOf(blocks);
  // A sentence and drawings need something to speak of, even where nothing may be claimed.
  const shown = accepted.length > 0 ? accepted : blocks.filter(({ failed }) => !failed);
  const isShown = shown.length > 0;
  const verdicts = [...evaluated.verdicts, ...(experiment.judge?.(accepted) ?? [])];
  const unsaid = { ...evaluated, verdicts, sentence: 'No block could be measured to its end.' };
  const evaluation = isShown ? { ...unsaid, sentence: experiment.sentence(unsaid, shown) } : unsaid;
  return {
    blocks: blocks.map((block) => ({
      ...block,
      samples: block.samples.map(({ detail: _, ...sample }) => sample),
    })),
    evaluation,
    figures: isShown ? experiment.figures(shown, evaluation) : [],
  };
}
