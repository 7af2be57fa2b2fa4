// slowest-component/figures.ts: what is billed, the backlog of an outage, and all arms in one table.
// Called by the experiment with the accepted blocks; pure.
import type { Figure, IntervalsFigure, LinesFigure, Point } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { type Column, metricsTable, rowOf, shown } from '../../lab/shown.ts';
import { intervalOf, ratiosOf, valuesOf } from '../../lab/values.ts';
import { billedRatio, drainRps } from './claims.ts';
import { billedByCallMs, billedByQueueMs, slowest, stagesMs } from './law.ts';
import type { Story } from './metrics.ts';

const dead = 'by queue, slow stage dead';
const works = [...stagesMs];

export function figuresOf(blocks: readonly Block[], rateRps: number): readonly Figure[] {
  const backlog = backlogOverTime(blocks, rateRps);
  return [
    times(blocks),
    ...(backlog === undefined ? [] : [backlog]),
    metricsTable(blocks, armsIn(blocks), timesOf, {
      title: 'When',
      caption: 'Medians over blocks.',
    }),
    metricsTable(blocks, armsIn(blocks), countsOf, { title: 'How much', caption: prices }),
  ];
}

export function sentenceOf(blocks: readonly Block[]): string {
  const ratios = ratiosOf(blocks, 'billedMs', 'by call', 'by queue');
  const ratio = ratios.length === 0 ? '–' : intervalOf(ratios).value.toFixed(2);
  const lost = valuesOf(blocks, dead, 'lost').reduce((sum, value) => sum + value, 0);
  return (
    `By call an order is billed ${ratio} times what it is by queue (predicted ` +
    `${billedRatio.toFixed(2)}), and answered after ${shown(blocks, 'by call', 'ackMsP50', 'ms')} ` +
    `instead of ${shown(blocks, 'by queue', 'ackMsP50', 'ms')}; it is done after ` +
    `${shown(blocks, 'by call', 'doneMsP50', 'ms')} or ` +
    `${shown(blocks, 'by queue', 'doneMsP50', 'ms')}. While the slow stage was dead the queue lost ` +
    `${lost || 'no'} orders.`
  );
}

function times(blocks: readonly Block[]): IntervalsFigure {
  return {
    kind: 'intervals',
    title: 'What an order is billed, and when it is acknowledged and done',
    caption:
      'Predicted is the work alone (simulated, a sleep): what lies beyond it is what functions, ' +
      'queues and calls add on this machine.',
    x: { label: 'for an order', unit: 'ms' },
    neutral: null,
    rows: [
      ...rowOf(blocks, 'by call', 'billedMs', 'billed', billedByCallMs(works)),
      ...rowOf(blocks, 'by queue', 'billedMs', 'billed', billedByQueueMs(works)),
      ...rowOf(blocks, 'by call', 'ackMsP50', 'acknowledged', billedByQueueMs(works)),
      ...rowOf(blocks, 'by queue', 'ackMsP50', 'acknowledged', 0),
      ...rowOf(blocks, 'by call', 'doneMsP50', 'done', billedByQueueMs(works)),
      ...rowOf(blocks, 'by queue', 'doneMsP50', 'done', billedByQueueMs(works)),
    ],
  };
}

/** Of the first block that shows it: one story, not a mean of several. */
function backlogOverTime(blocks: readonly Block[], rateRps: number): LinesFigure | undefined {
  const sample = blocks.flatMap(({ samples }) => samples).find(({ arm }) => arm === dead);
  const story = sample?.detail as Story | undefined;
  if (story === undefined || story.looks.length === 0) return undefined;
  const seconds = (atMs: number) => (atMs - story.diedAtMs) / 1000;
  const measured = story.looks.map(({ atMs, facts: { queued } }) => ({
    x: seconds(atMs),
    y: queued[slowest] ?? 0,
  }));
  const sentUntil = seconds(Math.max(...story.attempts.map(({ meantAtMs }) => meantAtMs)));
  return {
    kind: 'lines',
    title: 'The backlog of the slow stage while it is dead, and after',
    caption:
      `Dashed: ${rateRps} orders a second come, and from its revival on ${drainRps} a second go. What ` +
      'the stage died on is hidden for 2 s first, and its pollers have backed off. One block.',
    x: { label: 'since the stage died', unit: 's' },
    y: { label: 'orders before the slow stage', unit: '' },
    panels: [
      {
        title: 'Backlog',
        series: [
          { name: 'backlog', role: 'measured', points: measured },
          {
            name: 'backlog',
            role: 'predicted',
            points: predictedBacklog(seconds(story.revivedAtMs), sentUntil, rateRps),
          },
        ],
      },
    ],
  };
}

/** Rises with what comes, falls with what the revived stage takes beyond that. */
function predictedBacklog(revived: number, sentUntil: number, rateRps: number): Point[] {
  const highest = rateRps * revived;
  const whenSent = Math.max(0, highest - (drainRps - rateRps) * Math.max(0, sentUntil - revived));
  const end = Math.max(sentUntil, revived) + whenSent / drainRps;
  return [
    { x: 0, y: 0 },
    { x: revived, y: highest },
    { x: Math.max(sentUntil, revived), y: whenSent },
    { x: end, y: 0 },
  ];
}

const timesOf: readonly Column[] = [
  ['ackMsP50', 'answered, p50', 'ms'],
  ['ackMsP99', 'p99', 'ms'],
  ['doneMsP50', 'done, p50', 'ms'],
  ['doneMsP99', 'p99', 'ms'],
  ['drainMs', 'after the outage', 'ms'],
  ['failedRatio', 'refused in it', '%'],
];
const countsOf: readonly Column[] = [
  ['billedMs', 'billed', 'ms'],
  ['environments', 'environments', ''],
  ['backlog', 'backlog', ''],
  ['lost', 'lost', ''],
  ['repeats', 'repeats', ''],
  ['deadLettered', 'dead letters', ''],
  ['sqsCalls', 'SQS calls', ''],
  ['dollarsPerMillion', 'a million orders', '$'],
];

function armsIn(blocks: readonly Block[]): string[] {
  return [...new Set(blocks.flatMap(({ samples }) => samples.map(({ arm }) => arm)))].sort();
}

const prices =
  'Medians over blocks. Dollars are AWS’s list prices of 2026 for the invocations, the billed time ' +
  'and the calls that were counted here; with more orders a poll finds more of them.';
