// experiments/load-tools.ts: E3: what closed and open loops report of a server whose truth is known.
// Run by `npm run lab -- run load-tools`; it brings its own stubs.
import { setTimeout as sleep } from 'node:timers/promises';
import { startReference } from '../bench/reference-servers.ts';
import type { Definition, Hypothesis } from '../lab/definition.ts';
import type { Arm, Experiment, Lab } from '../lab/experiment.ts';
import { startClosedLoop } from '../load/start-closed-loop.ts';
import { toolFigures, toolSentence } from './load-tools/figures.ts';
import {
  armName,
  type Course,
  closedTools,
  gate,
  openTools,
  planted,
  RATE_RPS,
  seconds,
  type ToolName,
  toolNames,
} from './load-tools/plan.ts';
import { autocannonSays, closedLoop, openLoop, type Tool } from './load-tools/tools.ts';
import { type Stall, withoutStall } from './load-tools/truth.ts';

/** Each open loop against each closed one. */
const pairs = openTools.flatMap((open) => closedTools.map((closed) => ({ open, closed })));

const apart: readonly Hypothesis[] = pairs.map(({ open, closed }) => ({
  id: `apart-${open}-${closed}`.replaceAll(' ', '-'),
  text: `With the stall the p99 of ${open} is at least 20 times that of ${closed}`,
  metric: 'latencyMsP99',
  arm: armName(open, 'stall'),
  versus: armName(closed, 'stall'),
  atLeast: 20,
}));

const alike: readonly Hypothesis[] = pairs.map(({ open, closed }) => ({
  id: `alike-${open}-${closed}`.replaceAll(' ', '-'),
  text: `Without it ${open} and ${closed} agree within a factor of two`,
  metric: 'latencyMsP99',
  arm: armName(open, 'steady'),
  versus: armName(closed, 'steady'),
  atLeast: 0.5,
  atMost: 2,
}));

const missed: readonly Hypothesis[] = closedTools.map((closed) => ({
  id: `missed-${closed}`.replaceAll(' ', '-'),
  text: `${closed} sees at most a tenth of the stall, however many its connections`,
  metric: 'seenRatio',
  arm: armName(closed, 'stall'),
  atMost: 0.1,
}));

const definition: Definition = {
  id: 'load-tools',
  code: 'E3',
  title: 'Does your load tool tell the truth?',
  question:
    'Which p99 do a closed and an open loop report of one server that stands still at times?',
  prediction:
    'Of arrivals at any time a tenth meet the stall, so the open p99 is near 190 ms. A closed loop ' +
    'sends one request a connection into each stall and then waits with it: its p99 shows nothing.',
  formula: 'p99 = D + 2S − 0.01·T, with stall D = 200 ms every T = 2 s and service S = 5 ms',
  varies: [
    'tool: closed loop with 1 and 32 connections, autocannon with as many, open loop',
    'arrivals of the open loop: constant, Poisson',
    'the stub: with a stall (event loop held 200 ms every 2 s, simulated) and without',
  ],
  measures: [
    'latency of every request: p50, p90, p99, p99.9',
    'the same as autocannon itself reports it, in whole ms',
    'the share of requests that met the stall, to the share that customers would have',
  ],
  control: 'The closed loop of one connection a second time in each block.',
  refutedBy: 'With the stall a p99 open/closed below 20; without it one beyond a factor of two.',
  doesNotShow: [
    'A server that is full: service is a timer here, so the closed loop makes no queue of its own.',
    'Which tool to use for capacity: that is what a closed loop is for.',
    'Tools other than these, or their corrections after the fact.',
  ],
  metrics: {
    latencyMsP50: { label: 'latency p50', unit: 'ms', better: 'neither' },
    latencyMsP90: { label: 'latency p90', unit: 'ms', better: 'neither' },
    latencyMsP99: { label: 'latency p99', unit: 'ms', better: 'neither' },
    latencyMsP999: { label: 'latency p99.9', unit: 'ms', better: 'neither' },
    requests: { label: 'requests', unit: '', better: 'neither' },
    seenRatio: { label: 'seen of the stall', unit: '%', better: 'higher' },
  },
  hypotheses: [
    ...apart,
    ...alike,
    {
      id: 'as-computed',
      text: 'The p99 of the open loop is the 190 ms of the formula, give or take 5 %',
      metric: 'latencyMsP99',
      arm: armName('open constant', 'stall'),
      atLeast: 180.5,
      atMost: 199.5,
    },
    ...missed,
  ],
  workload: {
    scenario: 'browse',
    rateRps: RATE_RPS,
    arrivals: 'constant',
    deadlineMs: 2000,
    sloMs: 500,
  },
  gate,
  blocks: { quick: 2, standard: 6, full: 10 },
};

export const loadTools: Experiment = {
  definition,
  targets: [],
  async prepare(lab) {
    const stubs = {
      stall: await startStub(lab, planted),
      steady: await startStub(lab, withoutStall(planted)),
    };
    const tools = await startTools(lab, stubs.steady.url);
    return (['stall', 'steady'] as const).flatMap((course) =>
      toolNames
        .filter((tool) => course === 'stall' || tool !== 'closed 1 again')
        .map((tool) => armOf(lab, tool, course, { run: tools[tool], ...stubs[course] })),
    );
  },
  figures: toolFigures,
  sentence: (_evaluation, blocks) => toolSentence(blocks),
};

interface Stub {
  readonly url: string;
  readonly stall: Stall;
}

async function startStub({ defer, pinning }: Lab, stall: Stall): Promise<Stub> {
  const env = {
    SERVICE_MS: String(stall.serviceMs),
    STALL_MS: String(stall.stallMs),
    STALL_EVERY_MS: String(stall.stallMs === 0 ? 0 : stall.everyMs),
  };
  const { url, stop } = await startReference('stalling-stub', env, pinning.serverCore);
  defer(stop);
  return { url, stall };
}

async function startTools(lab: Lab, url: string): Promise<Record<ToolName, Tool>> {
  const loop = await startClosedLoop(lab.pinning.generatorLauncher);
  lab.defer(loop.close);
  // Both ends run unoptimised code at first.
  await loop.run({ url: `${url}/products/prd_0001`, connections: 32, requests: 2000 });
  return {
    'closed 1': closedLoop(loop, 1),
    'closed 32': closedLoop(loop, 32),
    'autocannon 1': autocannonSays(lab, 1),
    'autocannon 32': autocannonSays(lab, 32),
    'open constant': openLoop(lab, 'constant'),
    'open poisson': openLoop(lab, 'poisson'),
    'closed 1 again': closedLoop(loop, 1),
  };
}

function armOf(lab: Lab, tool: ToolName, course: Course, on: Stub & { run: Tool }): Arm {
  const name = armName(tool, course);
  return {
    name,
    ...baselineOf(tool, course),
    async measure({ index, seed }) {
      lab.phase({ phase: 'steady', what: name, lengthMs: seconds[course] * 1000 });
      if (course === 'stall') await betweenStalls(on.url);
      const plan = { name: `${index}-${name}`, seed, seconds: seconds[course] };
      const { metrics, doubts } = await on.run({ ...plan, url: on.url, stall: on.stall });
      return [{ arm: name, metrics, doubts }];
    },
  };
}

/** Most that a tool takes from its start to its first request. */
const START_UP_MS = 1200;

/** A period then holds one stall, and a whole one: the same for every tool. */
async function betweenStalls(url: string): Promise<void> {
  const untilMs = Number(await (await fetch(`${url}/served`)).text());
  if (untilMs < START_UP_MS) await sleep(untilMs + planted.stallMs);
}

function baselineOf(tool: ToolName, course: Course): Pick<Arm, 'versus' | 'twinOf'> {
  if (tool === 'closed 1 again') return { twinOf: armName('closed 1', course) };
  return tool.startsWith('open') ? { versus: armName('closed 1', course) } : {};
}
