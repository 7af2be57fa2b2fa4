// screen/lab-screen.ts: what is seen while experiments run: a block redrawn in place, or plain lines.
// Called by commands/lab/run.ts, which hands it to the runner as its watcher.
import { stripVTControlCharacters } from 'node:util';
import type { Watcher } from '../lab/watcher.ts';
import { labBlock, mostLines } from './lab-block.ts';
import { aliveLine, armLine, beginLine } from './lab-lines.ts';
import { createLabState, type LabState, type StateChanges } from './lab-state.ts';
import { plain, width } from './text-table.ts';

export interface LabScreen extends Watcher {
  /** Takes the block off the screen; what was noted stays. May be called twice. */
  end(): void;
}

/** Tests pass their own. */
export interface ScreenClock {
  nowMs(): number;
  /** @returns the function that ends the calls */
  every(ms: number, tick: () => void): () => void;
}

export interface ScreenOptions {
  /** Lines even on a terminal. */
  readonly plain: boolean;
  /** Looked at for CI, NO_COLOR and TERM; default: this program's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** @param stream stderr, so that stdout holds the result alone */
export function createLabScreen(
  stream: NodeJS.WriteStream,
  options: ScreenOptions,
  clock: ScreenClock = systemClock,
): LabScreen {
  const { state, changes } = createLabState(clock.nowMs);
  const { env = process.env } = options;
  const isLogged = Boolean(env.CI || env.NO_COLOR) || env.TERM === 'dumb';
  const redraws = stream.isTTY === true && !options.plain && !isLogged;
  return (redraws ? blockScreen : lineScreen)(stream, state, changes, clock);
}

const redrawEveryMs = 250;

function blockScreen(
  stream: NodeJS.WriteStream,
  state: LabState,
  changes: StateChanges,
  clock: ScreenClock,
): LabScreen {
  const block = createBlock(stream);
  let isOver = false;
  const draw = (above = '') => {
    if (isOver) return;
    const lines = labBlock(state, clock.nowMs(), stream.columns || 80);
    block.draw(state.code === '' ? [] : lines, above);
  };
  const stop = clock.every(redrawEveryMs, draw);
  const end = () => {
    stop();
    process.off('exit', end);
    if (!isOver) block.draw([], '');
    isOver = true;
  };
  // A second Ctrl-C ends the program at once, and the block is not to stay behind then either.
  process.on('exit', end);
  return {
    ...drawn(changes, draw),
    second: changes.second,
    note: (sentence) => draw(`${plain(sentence)}\n`),
    end,
  };
}

/** Seconds come in bursts and wait for the next redraw; everything else is shown at once. */
function drawn(changes: StateChanges, draw: () => void): StateChanges {
  const then =
    <Told extends unknown[]>(change: (...told: Told) => void) =>
    (...told: Told) => {
      change(...told);
      draw();
    };
  return {
    begin: then(changes.begin),
    block: then(changes.block),
    arm: then(changes.arm),
    phase: then(changes.phase),
    second: changes.second,
  };
}

/** Rubs out what it drew before, in the same write as what it draws: nothing flickers. */
function createBlock(stream: NodeJS.WriteStream) {
  let shown: readonly string[] = [];
  return {
    /** @param above ended text that stays, and scrolls away above the block */
    draw(lines: readonly string[], above: string): void {
      // A terminal that has become narrower since has wrapped the lines by itself.
      const rows = shown.reduce((sum, line) => sum + rowsOf(line, stream.columns || 80), 0);
      const rubOut = rows > 0 ? `\r\u001b[${rows}A\u001b[J` : '';
      // Lines that have scrolled off the top cannot be rubbed out any more.
      const most = Math.min(mostLines, Math.max(1, (stream.rows || 24) - 1));
      shown = lines.slice(0, most);
      const text = rubOut + above + shown.map((line) => `${line}\n`).join('');
      if (text !== '') stream.write(text);
    },
  };
}

function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(width(stripVTControlCharacters(line)) / columns));
}

const aliveEveryMs = 10_000;

function lineScreen(
  stream: NodeJS.WriteStream,
  state: LabState,
  changes: StateChanges,
  clock: ScreenClock,
): LabScreen {
  const say = (line: string) => stream.write(`${line}\n`);
  const endArm = () => {
    if (state.arm !== undefined) say(armLine(state, clock.nowMs()));
  };
  let saidMs = clock.nowMs();
  const stop = clock.every(1000, () => {
    if (state.code === '' || clock.nowMs() - saidMs < aliveEveryMs) return;
    saidMs = clock.nowMs();
    say(aliveLine(state, saidMs));
  });
  return {
    ...changes,
    begin(definition, blocksWanted) {
      endArm();
      saidMs = clock.nowMs();
      changes.begin(definition, blocksWanted);
      say(beginLine(state));
    },
    block(at) {
      endArm();
      changes.block(at);
    },
    arm(step) {
      endArm();
      saidMs = clock.nowMs();
      changes.arm(step);
    },
    note: (sentence) => say(`  ${plain(sentence)}`),
    end() {
      stop();
      endArm();
      state.arm = undefined;
    },
  };
}

const systemClock: ScreenClock = {
  nowMs: () => performance.now(),
  every(ms, tick) {
    const timer = setInterval(tick, ms).unref();
    return () => clearInterval(timer);
  },
};
