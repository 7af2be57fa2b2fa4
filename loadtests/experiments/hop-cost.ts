// experiments/hop-cost.ts: E1: what it costs to ask another component, by call, JSON or HTTP.
// Run by `npm run lab -- run hop-cost`; it brings its own chain of processes.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../lab/blocks.ts';
import { type Definition, strictGate } from '../lab/definition.ts';
import type { Arm, BlockContext, Experiment } from '../lab/experiment.ts';
import {
  arms,
  cellName,
  hopCounts,
  type Transport,
  transports,
  worksMs,
} from './hop-cost/cells.ts';
import { hopFigures, hopSentence } from './hop-cost/figures.ts';
import { deriveHops } from './hop-cost/fit.ts';
import { type Ask, startHops } from './hop-cost/rig.ts';

const definition: Definition = {
  id: 'hop-cost',
  code: 'E1',
  title: 'What does a hop cost?',
  question: 'How much time and CPU does a request lose each time it passes to another component?',
  prediction:
    'Latency is linear in hops; a hop by HTTP costs 0.2 to 0.3 ms and about 275 µs of CPU, JSON ' +
    'alone less than half of that, a function call nothing to speak of, the gateway one hop more.',
  formula: 'L = Σs + n·h; overhead h/(s + h)',
  varies: [
    'hops, 0 to 5',
    'work in each component: 0, 1, 5, 20 ms of spinning (simulated)',
    'transport: function call; JSON there and back; loopback HTTP; HTTP behind the gateway',
  ],
  measures: [
    'median latency of requests sent one at a time (a service time: there is no queue)',
    'CPU of all serving processes per request, from the scheduler’s account',
  ],
  control: 'HTTP measured a second time in each block, at a shuffled place.',
  refutedBy: 'R² of latency over hops below 0.99 by HTTP, or JSON alone half as dear as HTTP.',
  doesNotShow: [
    'A network: this is one machine, and a real one adds its round trip to every hop.',
    'Queues: under load a hop also waits.',
    'Logs, metrics and fault switches: these belong to a service, not to the hop.',
    'Hops side by side: here each waits for the next.',
  ],
  metrics: {
    latencyMsP50: { label: 'latency p50', unit: 'ms', better: 'lower' },
    cpuUsPerRequest: { label: 'CPU per request', unit: 'µs', better: 'lower' },
    hopMs: { label: 'time of a hop', unit: 'ms', better: 'lower' },
    hopCpuUs: { label: 'CPU of a hop', unit: 'µs', better: 'lower' },
    baseMs: { label: 'time without a hop', unit: 'ms', better: 'lower' },
    frontMs: { label: 'time that the gateway adds', unit: 'ms', better: 'lower' },
    overheadRatio: { label: 'share of overhead', unit: '%', better: 'lower' },
    r2: { label: 'R² over hops', unit: '', better: 'neither' },
    residualMs: { label: 'farthest off the line', unit: 'ms', better: 'lower' },
  },
  hypotheses: [
    {
      id: 'linear-http',
      text: 'By HTTP latency is linear in hops, at every amount of work',
      metric: 'r2',
      arm: 'http',
      atLeast: 0.99,
    },
    {
      id: 'linear-gateway',
      text: 'So it is behind the gateway',
      metric: 'r2',
      arm: 'gateway',
      atLeast: 0.99,
    },
    {
      id: 'hop-time',
      text: 'A hop by HTTP takes 0.2 to 0.3 ms',
      metric: 'hopMs',
      arm: 'http',
      atLeast: 0.2,
      atMost: 0.3,
    },
    {
      id: 'hop-cpu',
      text: 'A hop by HTTP costs 275 µs of CPU, give or take a fifth',
      metric: 'hopCpuUs',
      arm: 'http',
      atLeast: 220,
      atMost: 330,
    },
    {
      id: 'json-cheaper',
      text: 'JSON alone is less than half of a hop by HTTP',
      metric: 'hopMs',
      arm: 'json',
      versus: 'http',
      atMost: 0.5,
    },
    {
      id: 'call-free',
      text: 'A function call is less than a twentieth of it',
      metric: 'hopMs',
      arm: 'call',
      versus: 'http',
      atMost: 0.05,
    },
    {
      id: 'gateway-is-a-hop',
      text: 'The gateway is one more hop: 0.2 to 0.3 ms',
      metric: 'frontMs',
      arm: 'gateway',
      atLeast: 0.2,
      atMost: 0.3,
    },
  ],
  gate: strictGate,
  blocks: { quick: 2, standard: 6, full: 10 },
};

/** Enough for a median at each amount of work, and no more: 20 ms and five hops take 120 ms. */
const requestsFor: Readonly<Record<number, number>> = { 0: 150, 1: 40, 5: 15, 20: 7 };
/** The compiler takes some thousand requests to settle, in each of the processes. */
const WARM_UP = 2000;

export const hopCost: Experiment = {
  definition,
  targets: [],
  async prepare(lab) {
    lab.phase({ phase: 'preflight', what: 'a chain of six processes', lengthMs: 15_000 });
    const ask = await startHops(lab);
    for (const transport of transports)
      await ask({ transport, hops: 5, workMs: 0, requests: WARM_UP });
    const fewer = lab.size === 'quick' ? 0.5 : 1;
    return Object.entries(arms).map(([name, transport]) => ({
      name,
      ...baselineOf(name),
      measure(block: BlockContext) {
        lab.phase({ phase: 'steady', what: name, lengthMs: 6000 * fewer });
        return cellsOf(ask, name, transport, { seed: block.seed, fewer });
      },
    }));
  },
  derive: deriveHops,
  figures: hopFigures,
  sentence: (_evaluation, blocks) => hopSentence(blocks),
};

function baselineOf(arm: string): Pick<Arm, 'versus' | 'twinOf'> {
  if (arm === 'http') return {};
  return arm === 'http again' ? { twinOf: 'http' } : { versus: 'http' };
}

async function cellsOf(
  ask: Ask,
  arm: string,
  transport: Transport,
  { seed, fewer }: { seed: number; fewer: number },
) {
  const all = worksMs.flatMap((workMs) => hopCounts.map((hops) => ({ workMs, hops })));
  const samples = [];
  for (const { workMs, hops } of shuffled(all, seededRandom(seed))) {
    const requests = Math.ceil((requestsFor[workMs] ?? 1) * fewer);
    const { failed, ...metrics } = await ask({ transport, hops, workMs, requests });
    const doubts = failed === 0 ? [] : [`${failed} requests failed`];
    samples.push({ arm: cellName(arm, hops, workMs), metrics, doubts });
  }
  return samples;
}
