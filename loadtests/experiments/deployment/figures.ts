// experiments/deployment/figures.ts: the tables, the matrix, the timelines and the one sentence of E7.
// Called by deployment.ts with the blocks that count; pure.
import { features } from '@lab/shared/contract/operation.ts';
import { columnAround } from '../../lab/around.ts';
import type { Figure, IntervalsFigure, MatrixFigure, TimelinesFigure } from '../../lab/figure.ts';
import { lossCell, pooledCount } from '../../lab/losses.ts';
import type { Block, Effect } from '../../lab/result.ts';
import { amount } from '../../lab/words.ts';
import { CONTROL, deploymentArms, SERVICE, TWIN } from './arms.ts';
import { definition } from './definition.ts';
import { durations, medianOf } from './durations.ts';
import { queueFigures } from './queue-figures.ts';
import { type RolloutDetail, span } from './samples.ts';
import { type VersionName, versionNames } from './versions.ts';

export function deploymentFigures(blocks: readonly Block[], effects: readonly Effect[]): Figure[] {
  const details = detailsOf(blocks);
  const arms = deploymentArms.filter(({ name }) => details.some(({ arm }) => arm === name));
  const shown = arms.map(({ name }) => name).filter((name) => name !== TWIN);
  return [
    durations(shown, blocks),
    matrix(shown, details),
    ...timelines(shown, details),
    ratios(effects),
    ...queueFigures(medianOf(blocks, CONTROL, 'leadMs'), medianOf(blocks, SERVICE, 'leadMs')),
  ];
}

export function deploymentSentence(blocks: readonly Block[]): string {
  const told = [CONTROL, SERVICE].flatMap((arm) => {
    const [lead, down] = [medianOf(blocks, arm, 'leadMs'), medianOf(blocks, arm, 'featuresDown')];
    if (lead === undefined || down === undefined) return [];
    return [
      `in the ${arm} after ${amount(lead, 'ms')}, with ${amount(down, '')} of ${features.length} ` +
        'features down meanwhile',
    ];
  });
  const rolling = deploymentArms.filter(({ strategy }) => strategy === 'rolling');
  const lost = rolling.flatMap(({ name }) => {
    const share = medianOf(blocks, name, 'lostShare');
    return share === undefined ? [] : [`${amount(share, '%')} (${name})`];
  });
  const rolled = lost.length && `; rolling lost ${lost.join(' and ')} of the requests`;
  return `One changed line of the catalog was live ${told.join(', ')}${rolled || ''}.`;
}

function detailsOf(blocks: readonly Block[]): RolloutDetail[] {
  return blocks.flatMap(({ samples }) =>
    samples.flatMap(({ detail }) => (detail === undefined ? [] : [detail as RolloutDetail])),
  );
}

function matrix(arms: readonly string[], details: readonly RolloutDetail[]): MatrixFigure {
  const rowsOf = (version: VersionName) =>
    arms.flatMap((arm) => {
      const own = details.filter((detail) => detail.arm === arm && detail.version === version);
      if (own.length === 0) return [];
      const cells = features.map((feature) =>
        lossCell(
          pooledCount(own.map(({ byFeature }) => byFeature[feature])),
          feature === 'catalog',
        ),
      );
      return [{ label: labelOf(arm), cells }];
    });
  return {
    kind: 'matrix',
    title: 'Which features a deployment of the catalog takes down',
    caption:
      'A cell says what share of that feature’s requests was lost from the deploy call until all ' +
      'was well again, and how. The catalog, which was changed, is framed.',
    columns: features,
    groups: versionNames
      .map((version) => ({ title: titles[version], rows: rowsOf(version) }))
      .filter(({ rows }) => rows.length > 0),
  };
}

const titles: Readonly<Record<VersionName, string>> = {
  good: 'a good version',
  bad: 'a version that exits at start, then the old one',
  wrong: 'a version with wrong prices, half a second, then the old one',
};

function labelOf(arm: string): string {
  return `${arm}, ${deploymentArms.find(({ name }) => name === arm)?.strategy}`;
}

function timelines(
  arms: readonly string[],
  details: readonly RolloutDetail[],
): readonly TimelinesFigure[] {
  return versionNames.flatMap((version) => {
    const own = details.filter((detail) => detail.version === version);
    const shown = arms.filter((name) => own.some(({ arm }) => arm === name));
    if (shown.length === 0) return [];
    return [
      {
        kind: 'timelines' as const,
        title: `Step by step: ${titles[version]}`,
        caption:
          `0 is the deploy call; every column is 100 % of the requests meant to leave in ` +
          `${span.stepMs} ms, all blocks together. Shaded: until the last word of the platform. ` +
          'The line is the median of good answers, with a gap where there was none.',
        stepMs: span.stepMs,
        rows: features,
        columns: shown.map((name) =>
          columnAround(
            labelOf(name),
            own.filter(({ arm }) => arm === name),
            span,
            'deploying',
          ),
        ),
      },
    ];
  });
}

const compared = ['leadMs', 'buildMs', 'artefactBytes', 'shipMs', 'startMs', 'rollbackMs'];

function ratios(effects: readonly Effect[]): IntervalsFigure {
  const rows = effects.filter(
    ({ metric, arm }) => compared.includes(metric) && !arm.startsWith(`${TWIN}:`),
  );
  return {
    kind: 'intervals',
    title: 'Against the monolith that is recreated',
    caption:
      'Ratio block by block: the median with its 95 % rank interval; 1 is no difference. The bar ' +
      'is what was predicted, the band the monolith measured a second time.',
    x: { label: 'ratio to the monolith', unit: '×' },
    neutral: 1,
    rows: rows.map(({ metric, arm, ratio, aa }) => {
      const bounds = boundsOf(metric, arm);
      return {
        label: `${definition.metrics[metric]?.label}, ${arm}`,
        ...ratio,
        ...(bounds && { predicted: bounds }),
        ...(aa?.low == null || aa.high == null ? {} : { aa: { low: aa.low, high: aa.high } }),
      };
    }),
  };
}

function boundsOf(metric: string, arm: string) {
  const asked = definition.hypotheses.filter((one) => one.metric === metric && one.arm === arm);
  const found = asked.find(({ versus }) => versus !== undefined);
  return found && { low: found.atLeast ?? null, high: found.atMost ?? null };
}
