// load-tools/figures.ts: the latency each tool reports, beside what is true, and what it has missed.
// Called by the experiment with the accepted blocks; pure.
import type { Figure, LinesFigure, Series, TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { intervalOf, ratiosOf, valuesOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { armName, type Course, percentiles, planted, toolNames } from './plan.ts';
import { latencyMsAt, withoutStall } from './truth.ts';

export function toolFigures(blocks: readonly Block[]): readonly Figure[] {
  return [distributions(blocks), whatEachSays(blocks)];
}

export function toolSentence(blocks: readonly Block[]): string {
  const at = (tool: (typeof toolNames)[number], metric: string, unit: string) =>
    shown(valuesOf(blocks, armName(tool, 'stall'), metric), unit);
  const ratios = ratiosOf(
    blocks,
    'latencyMsP99',
    armName('open constant', 'stall'),
    armName('closed 32', 'stall'),
  );
  return (
    `With a stall of ${planted.stallMs} ms every ${planted.everyMs / 1000} s the open loop ` +
    `reports a p99 of ${at('open constant', 'latencyMsP99', 'ms')}, the closed one of 32 ` +
    `connections ${at('closed 32', 'latencyMsP99', 'ms')}: ${shown(ratios, '×')}. The closed ` +
    `loop has seen ${at('closed 32', 'seenRatio', '%')} of the stall, the open one ` +
    `${at('open constant', 'seenRatio', '%')}.`
  );
}

function distributions(blocks: readonly Block[]): LinesFigure {
  const courses: readonly [Course, string][] = [
    ['stall', `A stall of ${planted.stallMs} ms every ${planted.everyMs / 1000} s (simulated)`],
    ['steady', 'No stall'],
  ];
  return {
    kind: 'lines',
    title: 'The same server, as each tool reports it',
    caption:
      'Two is the median, 100 the p99. Dashed: what arrivals at any time meet, by arithmetic. ' +
      `A request takes ${planted.serviceMs} ms (simulated) unless it meets the stall.`,
    x: { label: 'one request in so many is slower', unit: '', log: true },
    y: { label: 'latency', unit: 'ms', log: true },
    panels: courses.map(([course, title]) => ({
      title,
      series: [
        ...toolNames.slice(0, -1).map((tool) => told(blocks, tool, course)),
        truthOf(course),
      ],
    })),
  };
}

function told(blocks: readonly Block[], tool: (typeof toolNames)[number], course: Course): Series {
  const points = percentiles.flatMap(({ metric, oneIn }) => {
    const values = valuesOf(blocks, armName(tool, course), metric);
    if (values.length === 0) return [];
    const { value, low, high } = intervalOf(values);
    return [{ x: oneIn, y: value, ...(low === null || high === null ? {} : { low, high }) }];
  });
  return { name: tool, role: 'measured', points };
}

/** Finer than the marks: the line has a corner where the stall begins to show. */
function truthOf(course: Course): Series {
  const stall = course === 'stall' ? planted : withoutStall(planted);
  const points = [2, 5, 8, 9, 9.5, 10, 11, 12, 15, 20, 50, 100, 200, 500, 1000].map((oneIn) => ({
    x: oneIn,
    y: latencyMsAt(stall, 1 - 1 / oneIn),
  }));
  return { name: 'open loop', role: 'predicted', points };
}

function whatEachSays(blocks: readonly Block[]): TableFigure {
  return {
    kind: 'table',
    title: 'What each tool says of the stall',
    caption:
      'Medians over blocks. Seen: the share of its requests that met the stall, to the share of ' +
      'time at which a customer would have. The percentiles of autocannon are its own, in whole ' +
      'ms; how many of its requests met the stall it does not say.',
    head: ['', 'requests', 'p50', 'p99', 'p99.9', 'p99 without stall', 'seen of the stall'],
    rows: toolNames.map((tool) => {
      const at = (course: Course, metric: string, unit: string) =>
        shown(valuesOf(blocks, armName(tool, course), metric), unit);
      return [
        tool,
        at('stall', 'requests', ''),
        at('stall', 'latencyMsP50', 'ms'),
        at('stall', 'latencyMsP99', 'ms'),
        at('stall', 'latencyMsP999', 'ms'),
        at('steady', 'latencyMsP99', 'ms'),
        at('stall', 'seenRatio', '%'),
      ];
    }),
  };
}

function shown(values: readonly number[], unit: string): string {
  return values.length === 0 ? '–' : amount(intervalOf(values).value, unit);
}
