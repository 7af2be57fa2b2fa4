// call-poll-callback/figures.ts: what each way holds, asks and adds, beside the law.
// Called by the experiment with the accepted blocks; pure.
import type { Figure, IntervalsFigure, TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { metricsTable, rowOf, shown } from '../../lab/shown.ts';
import * as law from './law.ts';

const failing = 'callback, failing receiver';
const meanMs = (law.shortestMs + law.longestMs) / 2;

export function figuresOf(blocks: readonly Block[]): readonly Figure[] {
  return [counts(blocks), waits(blocks), ways(blocks)];
}

export function sentenceOf(blocks: readonly Block[]): string {
  return (
    `Who waits holds ${shown(blocks, 'wait', 'connectionsHeld', '')} connections (λT is ` +
    `${law.heldByWaiting(law.RATE_RPS, meanMs)}); polling every ${law.POLL_MS} ms adds ` +
    `${shown(blocks, 'poll', 'waitMsMean', 'ms')} and takes ` +
    `${shown(blocks, 'poll', 'requestsPerJob', '')} requests a job; a callback adds ` +
    `${shown(blocks, 'callback', 'waitMsMean', 'ms')} and takes ` +
    `${shown(blocks, 'callback', 'requestsPerJob', '')}, or ` +
    `${shown(blocks, failing, 'requestsPerJob', '')} where the receiver fails one in five.`
  );
}

function counts(blocks: readonly Block[]): IntervalsFigure {
  const { RATE_RPS, shortestMs, longestMs, POLL_MS, FAILING } = law;
  return {
    kind: 'intervals',
    title: 'What each way takes of the server',
    caption: `At ${RATE_RPS} jobs a second of ${meanMs} ms on average. Predicted by the law of the page.`,
    x: { label: 'connections held, or requests a job', unit: '' },
    neutral: null,
    rows: [
      ...rowOf(blocks, 'wait', 'connectionsHeld', 'held', law.heldByWaiting(RATE_RPS, meanMs)),
      ...rowOf(blocks, 'poll', 'connectionsHeld', 'held', 0),
      ...rowOf(blocks, 'callback', 'connectionsHeld', 'held', 0),
      ...rowOf(blocks, 'wait', 'requestsPerJob', 'requests', 1),
      ...rowOf(
        blocks,
        'poll',
        'requestsPerJob',
        'requests',
        law.requestsByPolling(shortestMs, longestMs, POLL_MS),
      ),
      ...rowOf(blocks, 'callback', 'requestsPerJob', 'requests', 2),
      ...rowOf(blocks, failing, 'requestsPerJob', 'requests', law.requestsByCallback(FAILING)),
    ],
  };
}

function waits(blocks: readonly Block[]): IntervalsFigure {
  return {
    kind: 'intervals',
    title: 'How much later than the job is done the customer knows',
    caption:
      'Means. Nothing is predicted for the failing receiver: what comes again does so about a ' +
      'second later.',
    x: { label: 'time to the result, less the job', unit: 'ms' },
    neutral: null,
    rows: [
      ...rowOf(blocks, 'wait', 'waitMsMean', 'added', 0),
      ...rowOf(blocks, 'poll', 'waitMsMean', 'added', law.pollingAddsMs(law.POLL_MS)),
      ...rowOf(blocks, 'callback', 'waitMsMean', 'added', 0),
      ...rowOf(blocks, failing, 'waitMsMean', 'added'),
    ],
  };
}

const columns = [
  ['connectionsHeld', 'held', ''],
  ['requestsPerJob', 'requests a job', ''],
  ['waitMsMean', 'added, mean', 'ms'],
  ['waitMsP99', 'p99', 'ms'],
  ['repeats', 'repeats', ''],
  ['lost', 'lost', ''],
] as const;

const ways = (blocks: readonly Block[]): TableFigure =>
  metricsTable(blocks, ['wait', 'wait again', 'poll', 'callback', failing], columns, {
    title: 'Every way, in figures',
    caption: 'Medians over blocks.',
  });
