// browser/strip.tsx: the last two minutes, a row a feature, a column a second, coloured by outcome.
// Drawn by shape-panel.tsx; what goes dark together shows at once.
import { features } from '@lab/shared/contract/operation.ts';
import { useEffect, useRef } from 'preact/hooks';
import type { FeatureSecond, Marker, SecondLive } from '../live-state.ts';
import { SHOWN_MS } from '../live-state.ts';
import { outcomes, signs } from './looks.ts';
import { sentIn, wellIn } from './rates.ts';

interface Props {
  readonly seconds: readonly SecondLive[];
  readonly markers: readonly Marker[];
  readonly nowMs: number;
}

const ROW = 16;
const GAP = 3;
const columns = SHOWN_MS / 1000;
/** Below the rows, for the signs of what was done. */
const SIGNS = 14;
const HEIGHT = features.length * (ROW + GAP) + SIGNS;

export function Strip({ seconds, markers, nowMs }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, { seconds, markers, nowMs });
  });
  return (
    <div class="strip">
      <ul>
        {features.map((feature) => (
          <li key={feature}>{feature}</li>
        ))}
      </ul>
      <canvas ref={canvas} role="img" aria-label={inWords(seconds, markers)} />
      <p class="axis quiet">
        <span>2 min ago</span>
        <span>now</span>
      </p>
    </div>
  );
}

function inWords(seconds: readonly SecondLive[], markers: readonly Marker[]): string {
  const words = features.map((feature) => {
    const own = seconds.flatMap((second) => second.features[feature] ?? []);
    const sent = own.reduce((sum, second) => sum + sentIn(second), 0);
    const lost = sent - own.reduce((sum, second) => sum + wellIn(second), 0);
    return `${feature} ${lost} of ${sent} lost`;
  });
  const done = markers.map((marker) => marker.words);
  return `The last two minutes: ${[...words, ...done].join(', ')}.`;
}

function draw(canvas: HTMLCanvasElement, { seconds, markers, nowMs }: Props): void {
  const scale = devicePixelRatio;
  const width = canvas.clientWidth;
  canvas.width = width * scale;
  canvas.height = HEIGHT * scale;
  const context = canvas.getContext('2d');
  if (context === null || width === 0) return;
  context.scale(scale, scale);
  const colour = coloursOf(canvas);
  const fromMs = Math.floor(nowMs / 1000) * 1000 - SHOWN_MS;
  const xOf = (atMs: number) => ((atMs - fromMs) / 1000 / columns) * width;
  for (const { fromMs: from, toMs, kind } of markers) {
    const [x, end] = [Math.max(0, xOf(from)), xOf(toMs ?? nowMs)];
    context.fillStyle = colour('panel');
    context.fillRect(x, 0, Math.max(2, end - x), HEIGHT);
    context.fillStyle = colour('ink');
    context.fillRect(x, 0, 1, HEIGHT);
    context.fillText(signs[kind], x + 2, HEIGHT - 2);
  }
  const cell = width / columns;
  for (const { atMs, features: found } of seconds)
    for (const [row, feature] of features.entries()) {
      const second = found[feature];
      const at = { x: xOf(atMs), y: row * (ROW + GAP), width: Math.max(1, cell - 0.5) };
      if (second !== undefined) drawCell(context, second, at, colour);
    }
}

/** From below: what was answered well, then what was lost, each outcome in its colour. */
function drawCell(
  context: CanvasRenderingContext2D,
  second: FeatureSecond,
  at: { readonly x: number; readonly y: number; readonly width: number },
  colour: (name: string) => string,
): void {
  const sent = sentIn(second);
  let bottom = at.y + ROW;
  for (const outcome of outcomes) {
    const part = (ROW * (second.outcomes[outcome] ?? 0)) / sent;
    context.fillStyle = colour(outcome);
    context.fillRect(at.x, bottom - part, at.width, part);
    bottom -= part;
  }
}

function coloursOf(element: Element): (name: string) => string {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--${name}`).trim() || '#888';
}
