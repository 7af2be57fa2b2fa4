// dremel/model/machine.ts: the automaton as a drawing: states one below the other, ways back at the right.
// Called by the page's script. Ways forward lead to the next state only; that is how it is built.
import { automatonOf } from '@lab/shared/dremel/automaton.ts';
import type { Node } from '@lab/shared/dremel/schema.ts';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly states: readonly State[];
  readonly ways: readonly Way[];
}

export interface State {
  /** The column that is read here; undefined for the end. */
  readonly path: string | undefined;
  readonly y: number;
  readonly width: number;
}

export interface Way {
  readonly from: number;
  /** The number of states that read: the end. */
  readonly to: number;
  /** Repetition levels of the next entry that lead here. */
  readonly levels: readonly number[];
  /** Of an SVG path. */
  readonly line: string;
  readonly label: { readonly x: number; readonly y: number };
}

/** In px; y of a state is its middle. */
export const STATE_HEIGHT = 30;
const PITCH = 64;
const TOP = 34;
const LANE = 32;
const MARGIN = 4;
const MONO_PX = 7.9;

/** A way before it is drawn. */
type Edge = Pick<Way, 'from' | 'to' | 'levels'>;

export function drawingOf(columns: readonly Node[]): Drawing {
  const longest = Math.max(...columns.map(({ path }) => path.length), 0);
  const width = Math.round(longest * MONO_PX + 24);
  const edges = edgesOf(columns);
  const lanes = lanesOf(edges.filter(({ from, to }) => to <= from));
  const most = Math.max(-1, ...lanes.values()) + 1;
  return {
    width: MARGIN + width + most * LANE + 26,
    height: TOP + columns.length * PITCH + 24,
    states: [...columns.map(({ path }) => path), undefined].map((path, at) => ({
      ...{ path, y: middleOf(at) },
      width: path === undefined ? 64 : width,
    })),
    ways: edges.map((edge) => wayOf(edge, lanes.get(edge), width)),
  };
}

const middleOf = (state: number) => TOP + state * PITCH;

/** Levels that lead to the same state are one way. */
function edgesOf(columns: readonly Node[]): Edge[] {
  return automatonOf(columns).flatMap((targets, from) =>
    [...new Set(targets)].map((to) => ({
      ...{ from, to },
      levels: targets.flatMap((target, level) => (target === to ? [level] : [])),
    })),
  );
}

/** Short ways lie inside, so that none crosses another's upright. */
function lanesOf(back: readonly Edge[]): Map<Edge, number> {
  const lanes = new Map<Edge, number>();
  const span = ({ from, to }: Edge) => from - to;
  for (const edge of [...back].sort((one, other) => span(one) - span(other))) {
    const taken = [...lanes].filter(([other]) => other.to <= edge.from && edge.to <= other.from);
    let lane = 0;
    while (taken.some(([, one]) => one === lane)) lane += 1;
    lanes.set(edge, lane);
  }
  return lanes;
}

function wayOf(edge: Edge, lane: number | undefined, width: number): Way {
  const half = STATE_HEIGHT / 2;
  if (lane === undefined) {
    const x = MARGIN + Math.min(width / 2, 60);
    const [from, to] = [middleOf(edge.from) + half, middleOf(edge.to) - half];
    return { ...edge, line: `M${x},${from}V${to - 2}`, label: { x: x + 10, y: (from + to) / 2 } };
  }
  const right = MARGIN + width;
  const x = right + 14 + lane * LANE;
  // Each lane has its own exit and entrance: lines that meet could not be told apart.
  const apart = Math.min(8 + 4 * lane, half - 2);
  const [from, to] = [middleOf(edge.from) + apart, middleOf(edge.to) - apart];
  const line = `M${right},${from}H${x - 5}Q${x},${from} ${x},${from - 5}V${to + 5}Q${x},${to} ${x - 5},${to}H${right + 2}`;
  return { ...edge, line, label: { x: x + 5, y: (from + to) / 2 } };
}
