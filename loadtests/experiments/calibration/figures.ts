// experiments/calibration/figures.ts: the ratios with their band, and the claims of the small runs.
// Called by calibration.ts; pure.
import type { Figure } from '../../lab/figure.ts';
import type { Block, Evaluation } from '../../lab/result.ts';
import { runsOf, SMALL_RUN } from './claims.ts';

const words: Readonly<Record<string, string>> = {
  again: 'the same target again (the A/A arm)',
  same: 'the same target once more',
  planted: '20 % planted in the catalog',
};

export function claimFigures(blocks: readonly Block[], { effects }: Evaluation): Figure[] {
  const { runs, claimedOfNothing, found } = runsOf(blocks);
  return [
    {
      kind: 'intervals',
      title: 'The same target twice, and once slowed down on purpose',
      caption:
        'CPU per request as a ratio to the target’s in the same block: the median over all ' +
        'blocks with its 95 % rank interval. 1 is no difference; the band is the A/A arm’s.',
      x: { label: 'ratio of CPU per request', unit: '×' },
      neutral: 1,
      rows: effects.map(({ arm, ratio, aa }) => ({
        label: words[arm] ?? arm,
        ...ratio,
        ...(aa?.low == null || aa.high == null ? {} : { aa: { low: aa.low, high: aa.high } }),
      })),
    },
    {
      kind: 'table',
      title: 'What small runs would have claimed',
      caption: `The blocks cut into runs of ${SMALL_RUN}, each judged by itself by the lab’s own rule.`,
      head: ['', 'small runs', 'called different', 'wanted'],
      rows: [
        ['a shape against itself', String(runs), String(claimedOfNothing), 'at most 1 of 20'],
        ['20 % planted', String(runs), String(found), 'at least 9 of 10'],
      ],
    },
  ];
}
