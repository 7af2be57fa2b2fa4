// lab/blocks.ts: blocks of shuffled arms until enough of them count.
// Called by run-experiment.ts; arms of one block are compared with each other, never across blocks.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { watchCpu } from './cpu-clock.ts';
import type { Gate } from './definition.ts';
import type { Arm } from './experiment.ts';
import { NoRoom } from './headroom.ts';
import type { Block, Sample } from './result.ts';
import type { Watcher } from './watcher.ts';

export interface BlockPlan {
  readonly wanted: number;
  readonly seed: number;
  readonly gate: Gate;
  /** No block is begun after it; none given: an hour. */
  readonly stop?: { readonly afterMinutes: number } | undefined;
  /** Servers run as children of the lab; else nobody can tell their CPU from a stranger's. */
  readonly ownsServers: boolean;
  readonly signal: AbortSignal;
  readonly watcher: Watcher;
}

/**
 * Measures until `wanted` blocks are accepted, or as many (at least three) were discarded.
 * An arm that throws costs its block, never the run, but for NoRoom.
 * @returns all of them; fewer when `signal` was aborted: the block that it cut short is left out
 */
export async function measureBlocks(arms: readonly Arm[], plan: BlockPlan): Promise<Block[]> {
  const blocks: Block[] = [];
  const accepted = () => blocks.filter(({ discarded }) => discarded.length === 0).length;
  const discardedMax = Math.max(3, plan.wanted);
  const stopAtMs = performance.now() + (plan.stop?.afterMinutes ?? 60) * 60_000;
  const mayGoOn = () => blocks.length - accepted() < discardedMax && performance.now() < stopAtMs;
  while (accepted() < plan.wanted && mayGoOn()) {
    const at = { accepted: accepted(), discarded: blocks.length - accepted() };
    plan.watcher.block({ index: blocks.length, ...at });
    const block = await measureBlock(arms, blocks.length, plan);
    if (block === undefined) return blocks;
    blocks.push(block);
    for (const why of blocks.at(-1)?.discarded ?? []) plan.watcher.note(`Block discarded: ${why}`);
  }
  return blocks;
}

async function measureBlock(
  arms: readonly Arm[],
  index: number,
  plan: BlockPlan,
): Promise<Block | undefined> {
  const order = shuffled(arms, seededRandom(plan.seed * 1000 + index));
  const cpu = plan.ownsServers ? watchCpu() : undefined;
  const samples: Sample[] = [];
  let failure: string | undefined;
  for (const [at, arm] of order.entries()) {
    if (plan.signal.aborted) return undefined;
    plan.watcher.arm({ name: arm.name, at, of: order.length });
    try {
      samples.push(...(await arm.measure({ index, seed: plan.seed * 1000 + index })));
    } catch (error) {
      if (plan.signal.aborted) return undefined;
      if (error instanceof NoRoom) throw error;
      failure = `${arm.name} failed: ${sentenceOf(error)}`;
      break;
    }
  }
  const otherCpuRatio = cpu?.otherRatio() ?? null;
  return {
    index,
    order: order.map(({ name }) => name),
    samples,
    otherCpuRatio,
    discarded: [
      ...(failure === undefined ? [] : [failure]),
      ...busyMachine(otherCpuRatio, plan.gate),
      ...doubtsOf(samples),
    ],
    ...(failure === undefined ? {} : { failed: true }),
  };
}

/** Without a full stop: it stands within another sentence. */
function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\.$/, '') || 'no reason was given';
}

function busyMachine(otherCpuRatio: number | null, gate: Gate): string[] {
  if (otherCpuRatio === null || otherCpuRatio <= gate.otherCpuRatio) return [];
  return [`programs outside the lab used ${Math.round(otherCpuRatio * 100)} % of the CPU`];
}

function doubtsOf(samples: readonly Sample[]): string[] {
  return samples.flatMap(({ arm, doubts }) => doubts.map((doubt) => `${arm}: ${doubt}`));
}

/** Fisher–Yates, from the run's seed: the order is stored and can be had again. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    [mixed[last], mixed[at]] = [mixed[at] as Item, mixed[last] as Item];
  }
  return mixed;
}
