// lab/figure.ts: the drawings and tables of a result, as data: the report knows no experiment.
// Made by experiments/*.ts from accepted blocks, drawn by report/figures/.
import type { OutcomeCounts } from '../load/tally.ts';

/** What every figure has. */
interface Captioned {
  readonly title: string;
  /** How to read it, in one or two sentences. */
  readonly caption: string;
}

export interface Axis {
  readonly label: string;
  readonly unit: string;
  /** Default false; a log axis shows values > 0 only. */
  readonly log?: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Of y, where there is an interval. */
  readonly low?: number;
  readonly high?: number;
}

export interface Series {
  readonly name: string;
  /** Predictions are dashed and have no marks. */
  readonly role: 'measured' | 'predicted';
  readonly points: readonly Point[];
}

/** Lines over a number. All panels have the same axes. */
export interface LinesFigure extends Captioned {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly panels: readonly { readonly title: string; readonly series: readonly Series[] }[];
}

/** A value with its interval, one a row: what is measured beside what was predicted. */
export interface IntervalsFigure extends Captioned {
  readonly kind: 'intervals';
  readonly x: Axis;
  /** Where "no difference" lies, for ratios 1; null: nowhere. */
  readonly neutral: number | null;
  readonly rows: readonly IntervalRow[];
}

export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  /** Both null: too few blocks for an interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** The bounds that were predicted; either side may be open. */
  readonly predicted?: { readonly low: number | null; readonly high: number | null };
  /** The same figure of the same target measured twice. */
  readonly aa?: { readonly low: number; readonly high: number };
}

/** Who was hit by what: rows a fault, columns a feature. */
export interface MatrixFigure extends Captioned {
  readonly kind: 'matrix';
  readonly columns: readonly string[];
  readonly groups: readonly {
    readonly title: string;
    readonly rows: readonly { readonly label: string; readonly cells: readonly MatrixCell[] }[];
  }[];
}

export interface MatrixCell {
  readonly text: string;
  /** Degree of damage: 0 untouched … 4 more than two thirds; null: no requests. */
  readonly level: 0 | 1 | 2 | 3 | 4 | null;
  /** The component that the fault was given to. */
  readonly own?: boolean;
  /** The counts behind the share, where there is room to point at them: `12 of 48 lost`. */
  readonly counted?: string;
  /** A second, smaller line: how long, which outcome. */
  readonly note?: string;
}

/** Small multiples over time: a row a feature, a column a shape, all on the same axes. */
export interface TimelinesFigure extends Captioned {
  readonly kind: 'timelines';
  /** Width of a step, ms. */
  readonly stepMs: number;
  readonly rows: readonly string[];
  readonly columns: readonly TimelineColumn[];
}

export interface TimelineColumn {
  readonly title: string;
  /** Shaded: while the fault was in force; times on the axis of the steps. */
  readonly bands: readonly {
    readonly fromMs: number;
    readonly toMs: number;
    readonly label: string;
  }[];
  /** By row name, then by step. */
  readonly panels: Readonly<Record<string, readonly TimelineStep[]>>;
}

export interface TimelineStep {
  /** Start of the step, ms; may be negative, 0 is the fault. */
  readonly atMs: number;
  readonly outcomes: OutcomeCounts;
  /** Null: nothing succeeded, so the line has a gap. */
  readonly latencyMsP50: number | null;
  readonly latencyMsP99: number | null;
}

export interface TableFigure extends Captioned {
  readonly kind: 'table';
  readonly head: readonly string[];
  /** The first cell of a row is its name. */
  readonly rows: readonly (readonly string[])[];
}

export type Figure = LinesFigure | IntervalsFigure | MatrixFigure | TimelinesFigure | TableFigure;
