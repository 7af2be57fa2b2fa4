// experiments/deployment/durations.ts: how long each step of a deployment took, as a table.
// Called by figures.ts; pure.
import type { TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { intervalOf, valuesOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { partOf } from './arms.ts';
import { definition } from './definition.ts';
import type { VersionName } from './versions.ts';

export function durations(arms: readonly string[], blocks: readonly Block[]): TableFigure {
  const cell = (arm: string, metric: string, version: VersionName) => {
    const value = medianOf(blocks, arm, metric, version);
    return value === undefined ? '–' : amount(value, definition.metrics[metric]?.unit ?? '');
  };
  return {
    kind: 'table',
    title: 'From one changed line to live, and back again',
    caption:
      'Medians over the blocks. Build and unpacking ran before the load, on the generator’s core, ' +
      'with nothing reused; the start ran under load on the servers’ core. The lead time is the ' +
      'sum of the three. A bad version exits at start.',
    head: ['', ...arms],
    rows: columns.map(([metric, version]) => [
      `${definition.metrics[metric]?.label}${version === 'good' || !alsoOfGood.includes(metric) ? '' : ', bad version'}`,
      ...arms.map((arm) => cell(arm, metric, version)),
    ]),
  };
}

/** Undefined where no block has it. */
export function medianOf(
  blocks: readonly Block[],
  arm: string,
  metric: string,
  version: VersionName = 'good',
): number | undefined {
  const values = valuesOf(blocks, partOf(arm, version), metric);
  return values.length === 0 ? undefined : intervalOf(values).value;
}

const columns: readonly (readonly [metric: string, version: VersionName])[] = [
  ['buildMs', 'good'],
  ['buildCpuMs', 'good'],
  ['artefactBytes', 'good'],
  ['shipMs', 'good'],
  ['startMs', 'good'],
  ['leadMs', 'good'],
  ['lostRequests', 'good'],
  ['downMs', 'good'],
  ['refusedWrongly', 'good'],
  ['rollbackMs', 'bad'],
  ['acceptedBad', 'bad'],
  ['lostRequests', 'bad'],
  ['downMs', 'bad'],
];

/** These columns of the good version come again for the bad one. */
const alsoOfGood = ['lostRequests', 'downMs'];
