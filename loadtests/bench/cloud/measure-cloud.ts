// cloud/measure-cloud.ts: what the local cloud can carry, beside the barest server and process there are.
// Called by run-bench.ts; cloud-table.ts prints what it returns.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../../lab/blocks.ts';
import { watchCpu } from '../../lab/cpu-clock.ts';
import { measureBlocks } from '../blocks.ts';
import { noiseSince, usageOf } from '../measure.ts';
import { type Latencies, openTimer } from './latencies.ts';
import { type Arm, queueArms } from './queue-arms.ts';
import { type CloudServers, startCloudServers } from './servers.ts';

/** One arm during one block. */
export interface Throughput {
  readonly name: string;
  /** Requests, of the bare server. */
  readonly messagesPerSecond: number;
  /** CPU of the server for one message, µs. */
  readonly cpuUs: number;
  /** Requests per CPU-second, of those of the bare server in the same block. */
  readonly ofTheLimit: number;
}

export interface CloudBlock extends Latencies {
  readonly throughputs: readonly Throughput[];
  readonly otherShare: number | undefined;
  readonly discarded: boolean;
}

export interface CloudOptions {
  readonly blocks: number;
  /** For each arm and block. */
  readonly seconds: number;
  readonly serverCore: number | undefined;
  readonly defer: (stop: () => Promise<void>) => void;
  readonly onStep: (step: string) => void;
}

/** Blocks until enough are accepted, or as many are discarded. */
export async function measureCloud(options: CloudOptions): Promise<CloudBlock[]> {
  const servers = await startCloudServers(options);
  const arms = queueArms(servers, options.defer);
  const timer = openTimer(servers, options.defer);
  options.onStep('warming up');
  for (const arm of arms) await runFor(arm, servers, 0.5);
  return measureBlocks(options.blocks, async (which, index) => {
    const cpu = watchCpu();
    options.onStep(`messages, ${which}`);
    const measured: Measured[] = [];
    for (const arm of shuffled(arms, seededRandom(index)))
      measured.push(await runFor(arm, servers, options.seconds));
    options.onStep(`invocations, ${which}`);
    const latencies = await timer();
    const throughputs = arms.map(({ name }) => againstBare(name, measured));
    return { ...latencies, throughputs, ...noiseSince(cpu) };
  });
}

interface Measured {
  readonly name: string;
  readonly messagesPerSecond: number;
  readonly cpuUs: number;
  readonly requestCpuUs: number;
}

async function runFor(arm: Arm, servers: CloudServers, seconds: number): Promise<Measured> {
  const server = { name: `The ${arm.server} server`, pid: servers[arm.server].pid };
  const cpuMsBefore = usageOf(server).cpuMs;
  const beganMs = performance.now();
  const { messages, requests } = await arm.run(() => performance.now() - beganMs > seconds * 1000);
  const tookS = (performance.now() - beganMs) / 1000;
  const cpuUs = (usageOf(server).cpuMs - cpuMsBefore) * 1000;
  return {
    name: arm.name,
    messagesPerSecond: messages / tookS,
    cpuUs: cpuUs / messages,
    requestCpuUs: cpuUs / requests,
  };
}

function againstBare(name: string, measured: readonly Measured[]): Throughput {
  const bare = measured.find((one) => one.name === 'bare node:http') as Measured;
  const { requestCpuUs, ...own } = measured.find((one) => one.name === name) as Measured;
  return { ...own, ofTheLimit: bare.requestCpuUs / requestCpuUs };
}
