// experiments/blast-radius/figures.ts: the matrix, the k of S, the timelines and the one sentence of E4.
// Called by blast-radius.ts with the blocks that count; pure.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import type { Figure, MatrixFigure, TableFigure } from '../../lab/figure.ts';
import { isTouched, lossCell, pooledCount } from '../../lab/losses.ts';
import type { Block } from '../../lab/result.ts';
import { intervalOf, valuesOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { type BlowPlan, blows, featuresNeeding } from './blows.ts';
import type { TrialDetail } from './cells.ts';
import { ordersOf } from './hypotheses.ts';
import { timelinesOf } from './timelines.ts';
import { allCrashes } from './totals.ts';

export function blastFigures(blocks: readonly Block[]): Figure[] {
  const details = detailsOf(blocks);
  const targets = [...new Set(details.map(({ target }) => target))];
  const shapes = targets.filter((target) => !target.endsWith(' again'));
  return [
    matrix(shapes, details, blocks),
    ...timelinesOf(shapes, details),
    reach(shapes, details, blocks),
    orders(shapes, blocks),
  ];
}

export function blastSentence(_evaluation: unknown, blocks: readonly Block[]): string {
  const details = detailsOf(blocks);
  const targets = [...new Set(details.map(({ target }) => target))].filter(
    (target) => valuesOf(blocks, allCrashes(target), 'featuresTouched').length > 0,
  );
  const reached = targets.map((target) => {
    const { value } = intervalOf(valuesOf(blocks, allCrashes(target), 'featuresTouched'));
    return `${amount(value, '')} of ${features.length} features of the ${target}`;
  });
  const broken = targets.flatMap((target) => valuesOf(blocks, ordersOf(target), 'ordersBroken'));
  const acknowledged = targets.flatMap((target) =>
    valuesOf(blocks, ordersOf(target), 'ordersAcknowledged'),
  );
  return (
    `One crash took ${reached.join(', ')}; ` +
    `${amount(sum(broken), '')} of ${amount(sum(acknowledged), '')} acknowledged orders were lost or left half done.`
  );
}

function detailsOf(blocks: readonly Block[]): TrialDetail[] {
  return blocks.flatMap(({ samples }) =>
    samples.flatMap(({ detail }) => (detail === undefined ? [] : [detail as TrialDetail])),
  );
}

function pooled(details: readonly TrialDetail[], target: string, blow: BlowPlan, feature: Feature) {
  const own = details.filter((detail) => detail.target === target && detail.blow === blow.name);
  return own.length === 0 ? undefined : pooledCount(own.map(({ byFeature }) => byFeature[feature]));
}

function matrix(
  shapes: readonly string[],
  details: readonly TrialDetail[],
  blocks: readonly Block[],
): MatrixFigure {
  return {
    kind: 'matrix',
    title: 'What one fault takes with it',
    caption:
      'Read a row from left to right: the fault on the left was on for a second, or for two where ' +
      'others wait for the database. A cell says what share of that feature’s requests was lost in the ' +
      'seconds after it struck, as many for every cell, and how: the most frequent bad outcome. Framed ' +
      'is what the fault was given to. The time beside a fault is from the first lost request to the last.',
    columns: features,
    groups: shapes.map((target) => ({
      title: target,
      rows: blows.flatMap((blow) => {
        const cells = features.flatMap((feature) => {
          const count = pooled(details, target, blow, feature);
          return count === undefined ? [] : [lossCell(count, feature === blow.role)];
        });
        if (cells.length < features.length) return [];
        const outage = valuesOf(blocks, `${target}: ${blow.name}`, 'outageMs');
        const length = outage.length === 0 ? '' : `, ${amount(intervalOf(outage).value, 'ms')}`;
        return [{ label: `${blow.name}${length}`, cells }];
      }),
    })),
  };
}

/** k / S, beside what was touched by the pooled counts, and where that is not as predicted. */
function reach(
  shapes: readonly string[],
  details: readonly TrialDetail[],
  blocks: readonly Block[],
): TableFigure {
  const rows = blows.map((blow) => [
    blow.name,
    `${featuresNeeding(blow.role).length} of ${features.length}`,
    ...shapes.map((target) => {
      const own = details.filter((one) => one.target === target && one.blow === blow.name);
      const notWell = sum(valuesOf(blocks, `${target}: ${blow.name}`, 'notWell'));
      return own.length === 0 ? '–' : reachOf(own, notWell);
    }),
  ]);
  return {
    kind: 'table',
    title: 'Features that need what broke, and features that were touched',
    caption:
      'k of S is the best a shape can do: the features whose requests need the broken component. ' +
      'A shape that touches more shares something besides: a process, an event loop, a database. ' +
      'Features that were touched or spared against the prediction are named, and how often a ' +
      'shape was not well again by itself.',
    head: ['fault', 'need it (k of S)', ...shapes],
    rows: rows.filter(([, , ...values]) => values.some((value) => value !== '–')),
  };
}

function reachOf(own: readonly TrialDetail[], notWell: number): string {
  const touched = features.filter((feature) =>
    isTouched(pooledCount(own.map(({ byFeature }) => byFeature[feature]))),
  );
  const predicted = own[0]?.predicted ?? touched;
  const unpredicted = touched.filter((feature) => !predicted.includes(feature));
  const spared = predicted.filter((feature) => !touched.includes(feature));
  return [
    `${touched.length} of ${features.length}`,
    ...(unpredicted.length > 0 ? [`not predicted: ${unpredicted.join(', ')}`] : []),
    ...(spared.length > 0 ? [`spared: ${spared.join(', ')}`] : []),
    ...(notWell > 0 ? [`not well again: ${notWell}×`] : []),
  ].join('; ');
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function orders(shapes: readonly string[], blocks: readonly Block[]): TableFigure {
  const total = (target: string, metric: string) =>
    amount(sum(valuesOf(blocks, ordersOf(target), metric)), '');
  return {
    kind: 'table',
    title: 'Are the orders whole?',
    caption: 'From the databases, after each block, once every repair had run.',
    head: ['', ...shapes],
    rows: [
      [
        'acknowledged to a customer',
        ...shapes.map((target) => total(target, 'ordersAcknowledged')),
      ],
      ['lost or half done', ...shapes.map((target) => total(target, 'ordersBroken'))],
    ],
  };
}
