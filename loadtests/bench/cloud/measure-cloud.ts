// cloud/measure-cloud.ts: what the local cloud can carry, beside the barest server and process there are.
// Called by run-bench.ts; cloud-table.ts prints what it returns.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../../lab/blocks.ts';
import { watchCpu } from '../../lab/cpu-clock.ts';
import { readUsage } from '../../targets/usage.ts';
import { maxOtherShare } from '../measure.ts';
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
  const blocks: CloudBlock[] = [];
  const count = (discarded: boolean) =>
    blocks.filter((block) => block.discarded === discarded).length;
  while (count(false) < options.blocks && count(true) < options.blocks) {
    const cpu = watchCpu();
    options.onStep(`messages, block ${count(false) + 1} of ${options.blocks}`);
    const measured: Measured[] = [];
    for (const arm of shuffled(arms, seededRandom(blocks.length)))
      measured.push(await runFor(arm, servers, options.seconds));
    options.onStep(`invocations, block ${count(false) + 1} of ${options.blocks}`);
    const latencies = await timer();
    const otherShare = cpu.otherRatio() ?? undefined;
    const discarded = (otherShare ?? 0) > maxOtherShare;
    const throughputs = arms.map(({ name }) => againstBare(name, measured));
    blocks.push({ ...latencies, throughputs, otherShare, discarded });
  }
  return blocks;
}

interface Measured {
  readonly name: string;
  readonly messagesPerSecond: number;
  readonly cpuUs: number;
  readonly requestCpuUs: number;
}

async function runFor(arm: Arm, servers: CloudServers, seconds: number): Promise<Measured> {
  const { pid } = servers[arm.server];
  const cpuMsBefore = cpuMsOf(pid);
  const beganMs = performance.now();
  const { messages, requests } = await arm.run(() => performance.now() - beganMs > seconds * 1000);
  const tookS = (performance.now() - beganMs) / 1000;
  const cpuUs = (cpuMsOf(pid) - cpuMsBefore) * 1000;
  return {
    name: arm.name,
    messagesPerSecond: messages / tookS,
    cpuUs: cpuUs / messages,
    requestCpuUs: cpuUs / requests,
  };
}

function cpuMsOf(pid: number): number {
  const usage = readUsage([pid]).get(pid);
  if (usage === undefined) throw new Error('A server of the bench is not running any more.');
  return usage.cpuMs;
}

function againstBare(name: string, measured: readonly Measured[]): Throughput {
  const bare = measured.find((one) => one.name === 'bare node:http') as Measured;
  const { requestCpuUs, ...own } = measured.find((one) => one.name === name) as Measured;
  return { ...own, ofTheLimit: bare.requestCpuUs / requestCpuUs };
}
