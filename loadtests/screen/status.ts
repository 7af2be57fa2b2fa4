// screen/status.ts: the live lines under the start screen: who is up, memory, CPU, the last event.
// Called by commands/start.ts; without a terminal it prints events and nothing else.
import { clock, dim, green, megabytes, red, table, yellow } from '../commands/lib/format.ts';
import type { ComponentStatus, RunningTarget } from '../targets/platform.ts';
import { createEventTeller } from './event-text.ts';

const redrawEveryMs = 1000;

/** What the lines are made from, at one moment. */
export interface ShapeStatus {
  readonly name: string;
  readonly components: readonly ComponentStatus[];
  /** Of one core, since the last look. */
  readonly cpuPercent: number;
}

/** @returns the function that ends the display, leaving the last lines on the screen */
export function showStatus(shapes: readonly RunningTarget[]): () => void {
  const { tell } = createEventTeller();
  const beganMs = performance.now();
  let last = '';
  const look = createLook(shapes);
  const draw = process.stdout.isTTY ? createDrawing() : () => {};
  const redraw = () => draw(statusLines(look(), performance.now() - beganMs, last));
  const endings = shapes.map((shape) =>
    shape.onEvent((event) => {
      const text = tell(event);
      if (text === undefined) return;
      last = text;
      if (process.stdout.isTTY) redraw();
      else console.log(text);
    }),
  );
  redraw();
  const ticker = setInterval(redraw, redrawEveryMs);
  return () => {
    clearInterval(ticker);
    for (const end of endings) end();
  };
}

/** @param upMs since everything was ready */
export function statusLines(shapes: readonly ShapeStatus[], upMs: number, last: string): string[] {
  const rows = shapes.map(({ name, components, cpuPercent }) => [
    name,
    upText(components),
    megabytes(components.reduce((sum, { rssBytes }) => sum + rssBytes, 0)),
    `${cpuPercent.toFixed(0)} % CPU`,
    [functionsText(components), troubleText(components)].filter(Boolean).join('   '),
  ]);
  return [...table(rows, [2, 3]).split('\n'), `up ${clock(upMs)}${last && `   ${last}`}`];
}

function upText(components: readonly ComponentStatus[]): string {
  const up = components.filter(({ state }) => state === 'ready').length;
  return `${up} of ${components.length} up`;
}

/** Of a cloud: how many processes its functions have at this moment. */
function functionsText(components: readonly ComponentStatus[]): string {
  const [cloud] = components.filter(({ runsFunctions }) => runsFunctions);
  return cloud === undefined ? '' : `functions ×${cloud.workerPids?.length ?? 0}`;
}

function troubleText(components: readonly ComponentStatus[]): string {
  return components
    .filter(({ state }) => state !== 'ready')
    .map(({ name, state }) => `${name} ${state === 'waiting' ? 'restarting' : state}`)
    .join(', ');
}

/** A process that restarted counts from 0 again: its share of one look is lost, not negative. */
function createLook(shapes: readonly RunningTarget[]): () => ShapeStatus[] {
  const before = new Map<number, number>();
  let lookedMs = performance.now();
  return () => {
    const passedMs = Math.max(1, performance.now() - lookedMs);
    lookedMs += passedMs;
    return shapes.map(({ target, components }) => {
      let usedMs = 0;
      for (const { pid, cpuMs } of components) {
        if (pid === undefined) continue;
        usedMs += cpuMs - (before.get(pid) ?? cpuMs);
        before.set(pid, cpuMs);
      }
      return { name: target.name, components, cpuPercent: (usedMs / passedMs) * 100 };
    });
  };
}

/** Draws over what it drew before; lines are cut to the width, or a wrapped one would smear. */
function createDrawing(): (lines: readonly string[]) => void {
  let drawn = 0;
  return (lines) => {
    const width = (process.stdout.columns || 80) - 3;
    const cut = lines.map((line) => `\u001b[2K  ${coloured(line.slice(0, width))}\n`);
    process.stdout.write(`${drawn > 0 ? `\u001b[${drawn}A\r` : ''}${cut.join('')}`);
    drawn = lines.length;
  };
}

function coloured(line: string): string {
  const [, up, all] = /(\d+) of (\d+) up/.exec(line) ?? [];
  if (up === undefined) return /died|gave up/.test(line) ? yellow(line) : dim(line);
  return line.replace(/\d+ of \d+ up/, up === all ? green : red);
}
