// browser/shape-panel.tsx: one shape: what was lost in it, its plan, and its last two minutes.
// Drawn by main.tsx, once a shape, side by side.
import { features } from '@lab/shared/contract/operation.ts';
import type { LiveState, Score, SecondLive, ShapeLive } from '../live-state.ts';
import { Chart } from './chart.tsx';
import { Plan } from './plan.tsx';
import { Strip } from './strip.tsx';

interface Props {
  readonly shape: ShapeLive;
  readonly state: LiveState;
  readonly seconds: readonly SecondLive[];
  /** Of every shape: the charts have one axis. */
  readonly everything: readonly SecondLive[];
  readonly feature: string;
  readonly onFeature: (feature: string) => void;
}

export function ShapePanel({ shape, state, seconds, everything, feature, onFeature }: Props) {
  const markers = state.markers.filter((marker) => marker.shape === shape.name);
  return (
    <section class="shape" aria-label={shape.name} data-shape={shape.name}>
      <h2>
        {shape.name} <a href={`${shape.url}/docs`}>{new URL(shape.url).host}</a>
      </h2>
      <ScoreLine score={shape.score} />
      <Plan shape={shape} state={state} seconds={seconds} />
      <Strip seconds={seconds} markers={markers} nowMs={state.atMs} />
      <label class="which">
        Latency and goodput of{' '}
        <select value={feature} onChange={({ currentTarget }) => onFeature(currentTarget.value)}>
          {features.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Chart seconds={seconds} everything={everything} nowMs={state.atMs} feature={feature} />
      <p class="rows">
        {rowFiles(state.customers.loads).map((load) => (
          <a key={load} href={`/rows/${shape.name}-${load}.jsonl`}>
            every request of load {load}
          </a>
        ))}
      </p>
    </section>
  );
}

const rowFiles = (loads: number) => Array.from({ length: loads }, (_, at) => at + 1);

function ScoreLine({ score: { sent, lost, touched, outageMs } }: { readonly score: Score }) {
  const outage = outageMs === null ? '–' : `${(outageMs / 1000).toFixed(1)} s`;
  return (
    <dl class="score">
      <div>
        <dt>lost</dt>
        <dd class={lost > 0 ? 'bad' : ''} data-score="lost">
          {lost}
        </dd>
        <dd class="quiet">
          of <span data-score="sent">{sent}</span> requests
        </dd>
      </div>
      <div>
        <dt>hit</dt>
        <dd class={touched.length > 0 ? 'bad' : ''}>{touched.length}</dd>
        <dd class="quiet">of {features.length} features</dd>
      </div>
      <div>
        <dt>last outage</dt>
        <dd>{outage}</dd>
      </div>
    </dl>
  );
}
