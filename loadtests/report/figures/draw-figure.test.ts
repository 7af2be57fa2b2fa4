// report/figures/draw-figure.test.ts: what is drawn is where the numbers say, on the same axes everywhere.
import { expect, test } from 'vitest';
import type {
  IntervalsFigure,
  LinesFigure,
  MatrixFigure,
  Series,
  TimelineStep,
  TimelinesFigure,
} from '../../lab/figure.ts';
import { drawFigure } from './draw-figure.ts';

const words = { title: 'A title', caption: 'A caption.' };
const none = { ok: 0, slow: 0, degraded: 0, wrong: 0, error: 0, refused: 0, hung: 0, dropped: 0 };

function linesWith(...panels: readonly (readonly Series[])[]): LinesFigure {
  return {
    ...words,
    kind: 'lines',
    x: { label: 'hops', unit: '' },
    y: { label: 'latency', unit: 'ms' },
    panels: panels.map((series, at) => ({ title: `panel ${at}`, series })),
  };
}

function measured(name: string, ys: readonly number[]): Series {
  return { name, role: 'measured', points: ys.map((y, x) => ({ x, y, low: y - 1, high: y + 1 })) };
}

test('all panels of lines have the axes of the widest one', () => {
  const { html } = drawFigure(linesWith([measured('a', [1, 2])], [measured('a', [1, 40])]), 'f');
  const panels = html.split('class="panel"').slice(1);
  const ticks = panels.map((panel) =>
    [...panel.matchAll(/class="y"[^>]*>([^<]+)/g)].map(([, t]) => t),
  );
  expect(ticks[0]).toContain('50');
  expect(ticks[1]).toEqual(ticks[0]);
  expect(html).toContain('d="M0,98L100,20"');
});

test('an interval is a whisker from its low to its high end', () => {
  const { html } = drawFigure(linesWith([measured('a', [4, 9])]), 'f');
  expect(html).toContain('<line class="whisker" x1="0%" x2="0%" y1="70%" y2="50%"/>');
});

test('a prediction has the colour of the series it is named after, a dash and no marks', () => {
  const predicted: Series = { ...measured('a', [1, 2]), role: 'predicted' };
  const alone: Series = { ...measured('the formula', [1, 2]), role: 'predicted' };
  const { html } = drawFigure(linesWith([measured('a', [1, 2]), predicted, alone]), 'f');
  const plot = html.slice(html.indexOf('class="plot"'));
  expect(plot.match(/<g class="s0">/g)).toHaveLength(2);
  expect(plot.match(/<g class="ink">/g)).toHaveLength(1);
  expect(plot.match(/<use /g)).toHaveLength(2);
});

test('what a log axis cannot show is counted', () => {
  const figure = linesWith([
    { name: 'a', role: 'measured', points: [0, 5, 50].map((y) => ({ x: y, y })) },
  ]);
  const { html } = drawFigure({ ...figure, y: { ...figure.y, log: true } }, 'f');
  expect(html).toContain('Not drawn: 1 of 3 points');
});

test('a forest plot has the neutral line, the noise, and the prediction, open to the edge', () => {
  const figure: IntervalsFigure = {
    ...words,
    kind: 'intervals',
    x: { label: 'ratio', unit: '' },
    neutral: 1,
    rows: [
      {
        ...{ label: 'CPU', value: 3, low: 2.5, high: 3.5 },
        ...{ predicted: { low: 2, high: null }, aa: { low: 0.8, high: 1.2 } },
      },
      { label: 'one block', value: 4, low: null, high: null },
    ],
  };
  const { html } = drawFigure(figure, 'f');
  expect(html).toContain('<line class="neutral" x1="25%" x2="25%"');
  expect(html).toContain('<rect class="predicted" x="50%" width="50%"');
  expect(html).toContain('<rect class="aa" x="20%" width="10%"');
  expect(html).toContain('<line class="whisker" x1="62.5%" x2="87.5%"');
  expect(html.match(/class="whisker" x1="[\d.]+%"/g)).toHaveLength(1);
  expect(html).toContain('(no interval)');
});

test('a cell of the matrix says its degree in words, and what stands for nothing has a sign', () => {
  const cells = [
    { text: '65 %', level: 3, own: true, note: '1.6 s', counted: '31 of 48 lost' },
    { text: '', level: 0 },
    { text: '', level: null },
  ] as const;
  const groups = [{ title: 'monolith', rows: [{ label: 'payments', cells }] }];
  const figure: MatrixFigure = { ...words, kind: 'matrix', columns: ['a', 'b', 'c'], groups };
  const { html } = drawFigure(figure, 'f');
  expect(html).toContain('<td class="l3 own" title="up to 67 %: 31 of 48 lost"><b>65');
  expect(html).toContain('<small>1.6 s</small>');
  expect(html).toMatch(
    /class="l0"[^>]*><i aria-hidden="true">·<\/i><span class="unseen">untouched/,
  );
  expect(html).toMatch(/class="lnone"[^>]*><i aria-hidden="true">–<\/i>/);
});

function step(
  atMs: number,
  counts: Partial<TimelineStep['outcomes']>,
  p50: number | null,
): TimelineStep {
  const p99 = p50 === null ? null : p50 * 10;
  return { atMs, outcomes: { ...none, ...counts }, latencyMsP50: p50, latencyMsP99: p99 };
}

function timelinesOf(
  steps: readonly TimelineStep[],
  other: readonly TimelineStep[],
): TimelinesFigure {
  const bands = [{ fromMs: 0, toMs: 1000, label: 'away' }];
  const columns = [steps, other].map((all, at) => ({
    title: `shape ${at}`,
    bands,
    panels: { a: all },
  }));
  return { ...words, kind: 'timelines', stepMs: 1000, rows: ['a', 'b'], columns };
}

test('half of a step lost is half of the height, whatever was sent; the fault is shaded', () => {
  const many = [step(-1000, { ok: 30 }, 2), step(0, { ok: 15, error: 15 }, 2)];
  const few = [
    step(-1000, { ok: 2 }, 2),
    step(0, { ok: 1, error: 1 }, 2),
    step(1000, { ok: 1 }, 2),
  ];
  const { html } = drawFigure(timelinesOf(many, few), 'f');
  expect(html.match(/<path class="o-error" d="M10,0h9v50h-9z"\/>/g)).toHaveLength(2);
  expect(html.match(/<rect class="fault" x="33.33%" width="33.34%"/g)).toHaveLength(8);
  expect(html).toContain('15 of 60 lost');
  expect(html).toContain('no requests');
});

test('a latency line has a gap where nothing succeeded', () => {
  const steps = [step(0, { ok: 1 }, 10), step(1000, { hung: 1 }, null), step(2000, { ok: 1 }, 10)];
  const { html } = drawFigure(timelinesOf(steps, []), 'f');
  // From 10 ms (p50) to 100 ms (p99): the decade that they span is the whole axis.
  expect(html).toContain('<path class="p50" d="M0,100L10,100M20,100L30,100"/>');
  expect(html).toContain('<path class="p99" d="M0,0L10,0M20,0L30,0"/>');
  expect(html).toContain('nothing succeeded');
});

test('a column of numbers stands to the right, a column of words to the left', () => {
  const rows = [
    ['one', '3.1 ms', 'fast'],
    ['two', '−4 ms', '5 words'],
  ];
  const { html } = drawFigure({ ...words, kind: 'table', head: ['', 'time', 'note'], rows }, 'f');
  expect(html).toContain('<td class="right">3.1 ms</td><td class="left">fast</td>');
});
