// live/live-server.ts: the console: its page, the stream of what happens, and what may be ordered.
// Created by door.ts when somebody looks for the first time.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { watchTarget } from './boxes.ts';
import { consoleApp } from './console-app.ts';
import { couplingsOf } from './couplings-now.ts';
import { createLoad } from './customers.ts';
import { createDeployments } from './deployments.ts';
import { createDrill } from './drill.ts';
import { createFaults } from './faults.ts';
import { createHistory } from './history.ts';
import { createLabRuns } from './lab-runs.ts';
import { type LiveShape, pageUrlOf } from './live-shape.ts';
import type { LiveState, SecondLive } from './live-state.ts';
import type { Desk } from './orders.ts';
import type { ShopKeys } from './shop-routes.ts';
import { createStream } from './stream.ts';
import { createTimeline } from './timeline.ts';
import { createTurns } from './turns.ts';

export interface ConsoleOptions extends ShopKeys {
  readonly portBase: number;
  readonly instructorKey: string;
}

export interface Inside {
  readonly app: ReturnType<typeof consoleApp>;
  readonly desk: Desk;
  close(): Promise<void>;
}

const DRAW_EVERY_MS = 500;
const PROBE_EVERY_MS = 500;

export function createConsole(shapes: readonly LiveShape[], options: ConsoleOptions): Inside {
  const desk = deskOf(shapes, options);
  const view = viewOf(desk);
  const stream = createStream();
  const app = consoleApp(desk, options, (page) =>
    stream.join(page, { state: view.state(), seconds: view.all() }),
  );
  const drawing = setInterval(() => {
    const seconds = view.takeChanged();
    if (seconds.length > 0) stream.send('seconds', seconds);
    stream.send('state', view.state());
  }, DRAW_EVERY_MS);
  return {
    app,
    desk,
    async close() {
      clearInterval(drawing);
      stream.close();
      await Promise.all([desk.turns.close(), desk.labRuns.stop(), desk.deployments.close()]);
      await desk.load.set({ ...desk.load.now, running: false });
      view.close();
      // Nobody else has rows there, and nobody will come back for them.
      if (shapes.some(({ asked }) => asked !== undefined))
        rmSync(desk.load.folder, { recursive: true, force: true });
    },
  };
}

function deskOf(shapes: readonly LiveShape[], options: ConsoleOptions): Desk {
  const { instructorKey: key, customerKey, portBase } = options;
  const history = createHistory(shapes.map(({ target }) => target.name));
  const faults = createFaults(shapes, key, history);
  // Of shapes of ours there is one lab on these ports; over others there may be several consoles.
  const mark = shapes.every(({ asked }) => asked === undefined) ? portBase : `pid-${process.pid}`;
  const own = (name: string) => join(labFolders(repoRoot).logs, '..', name, `console-${mark}`);
  const at = shapes.map(({ target: { name }, baseUrl }) => ({ name, baseUrl }));
  return {
    shapes,
    key,
    history,
    faults,
    load: createLoad({ shapes: at, customerKey, folder: own('rows') }),
    deployments: createDeployments(shapes, history, own('versions')),
    drill: createDrill(faults),
    labRuns: createLabRuns(portBase),
    turns: createTurns(),
  };
}

/** What the pages are told, and the probes that find it out. */
function viewOf(desk: Desk) {
  const { shapes, history, load, faults, deployments, drill, labRuns } = desk;
  const watches = shapes.map(watchTarget);
  const timelines = new Map(shapes.map(({ target: { name } }) => [name, createTimeline(name)]));
  const couplings = couplingsOf(shapes, desk.key);
  // Each on its own: a shape that hangs must not hold up what is known of the others.
  const probes = [...watches, faults].map((one) => repeat(() => one.look(), PROBE_EVERY_MS));
  return {
    state: (): LiveState => ({
      atMs: Date.now(),
      shapes: shapes.map((shape, at) => ({
        name: shape.target.name,
        url: pageUrlOf(shape),
        frontDoor: shape.target.frontDoor,
        boxes: watches[at]?.boxes() ?? [],
        coupling: couplings.now()[at] ?? null,
        score: history.scoreOf(shape.target.name),
      })),
      customers: load.now,
      faults: faults.list(),
      markers: history.markers(),
      happenings: history.happenings(),
      deployment: deployments.now,
      drill: drill.now,
      labRun: labRuns.now,
    }),
    takeChanged(): SecondLive[] {
      for (const { shape, rows } of load.take()) {
        history.add(shape, rows);
        for (const { row, atMs } of rows) timelines.get(shape)?.add(row, atMs);
      }
      return [...timelines.values()].flatMap((timeline) => timeline.takeChanged());
    },
    all: () => [...timelines.values()].flatMap((timeline) => timeline.all()),
    close() {
      for (const one of [...probes, ...watches, couplings]) one.close();
    },
  };
}

/** One after the other, however long one takes: what is busy is not asked twice at once. */
function repeat(work: () => Promise<void>, everyMs: number) {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const turn = async () => {
    await work().catch((error: unknown) => console.error('Console:', error));
    if (!closed) timer = setTimeout(turn, everyMs);
  };
  timer = setTimeout(turn, 0);
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
