// browser/chart.tsx: goodput, p50 and p99 of one feature over the last two minutes; one axis for all shapes.
// Drawn by shape-panel.tsx with uPlot.
import type { Feature } from '@lab/shared/contract/operation.ts';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { SecondLive } from '../live-state.ts';
import { SHOWN_MS } from '../live-state.ts';
import { isWhole, wellIn } from './rates.ts';

interface Props {
  readonly seconds: readonly SecondLive[];
  readonly everything: readonly SecondLive[];
  readonly nowMs: number;
  readonly feature: string;
}

const HEIGHT = 150;

export function Chart({ nowMs, feature, ...given }: Props) {
  // One that may still change would be drawn as a fall at every moment.
  const [seconds, everything] = [given.seconds, given.everything].map((some) =>
    some.filter((second) => isWhole(second, nowMs)),
  ) as [SecondLive[], SecondLive[]];
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const most = Math.max(5, ...everything.map((second) => goodputOf(second, feature) ?? 0));
  const range = useRef({ most, fromMs: 0, toMs: 0 });
  range.current = { most, fromMs: nowMs - SHOWN_MS, toMs: nowMs };
  useEffect(() => {
    if (place.current === null) return;
    const made = new uPlot(optionsOf(place.current, range), [[], [], [], []], place.current);
    plot.current = made;
    const fit = new ResizeObserver(() =>
      made.setSize({ width: widthOf(place.current), height: HEIGHT }),
    );
    fit.observe(place.current);
    return () => {
      fit.disconnect();
      made.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(dataOf(seconds, feature)));
  return <div class="chart" ref={place} role="img" aria-label={inWords(seconds, feature)} />;
}

const widthOf = (element: HTMLElement | null) => Math.max(200, element?.clientWidth ?? 0);

function goodputOf({ features }: SecondLive, feature: string): number | null {
  const second = features[feature as Feature];
  return second === undefined ? null : wellIn(second);
}

function dataOf(seconds: readonly SecondLive[], feature: string): uPlot.AlignedData {
  const own = seconds.map(({ features }) => features[feature as Feature]);
  return [
    seconds.map(({ atMs }) => atMs / 1000),
    own.map((second) => (second === undefined ? null : wellIn(second))),
    own.map((second) => second?.p50 ?? null),
    own.map((second) => second?.p99 ?? null),
  ];
}

function inWords(seconds: readonly SecondLive[], feature: string): string {
  const last = seconds.findLast(({ features }) => features[feature as Feature] !== undefined);
  const second = last?.features[feature as Feature];
  if (second === undefined) return `${feature}: no requests.`;
  const ms = (value: number | null) => (value === null ? 'none' : `${value.toFixed(0)} ms`);
  return `${feature}: ${wellIn(second)} good answers a second, p50 ${ms(second.p50)}, p99 ${ms(second.p99)}.`;
}

interface Range {
  readonly current: { readonly most: number; readonly fromMs: number; readonly toMs: number };
}

function optionsOf(place: HTMLElement, range: Range): uPlot.Options {
  const colour = (name: string) => () =>
    getComputedStyle(place).getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: colour('quiet'),
    font: '12px system-ui',
    grid: { stroke: colour('line') },
  };
  const line = { width: 1.5, spanGaps: false, points: { size: 4 } };
  return {
    width: widthOf(place),
    height: HEIGHT,
    cursor: { show: false },
    legend: { live: false },
    scales: {
      x: { time: true, range: () => [range.current.fromMs / 1000, range.current.toMs / 1000] },
      good: { range: () => [0, range.current.most] },
      ms: { distr: 3, range: [0.5, 3000] },
    },
    axes: [
      { ...axis, show: false },
      { ...axis, scale: 'good', size: 34 },
      { ...axis, scale: 'ms', side: 1, size: 48, grid: { show: false }, values: msTicks },
    ],
    series: [
      {},
      { ...line, label: 'good answers a second', scale: 'good', stroke: colour('s0'), width: 2 },
      { ...line, label: 'p50, ms', scale: 'ms', stroke: colour('s2'), dash: [2, 3] },
      { ...line, label: 'p99, ms', scale: 'ms', stroke: colour('s1') },
    ],
  };
}

const msTicks = (_: uPlot, values: readonly number[]) =>
  values.map((value) => ([1, 10, 100, 1000].includes(value) ? `${value}` : ''));
