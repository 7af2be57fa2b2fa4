// bench/pinning.ts: which core the servers have and which the generator, where the machine allows it.
// Asked once per run by run-bench.ts.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

export interface Pinning {
  /** Shared by all servers; undefined: wherever the system puts them. */
  readonly serverCore: number | undefined;
  /** Words in front of the generator's command. */
  readonly generatorLauncher: readonly string[];
  /** One sentence for the report. */
  readonly sentence: string;
}

export function choosePinning(): Pinning {
  const why = obstacle();
  if (why !== undefined) {
    const sentence = `Nothing is pinned to a core, because ${why}: rates wander more, CPU-µs less.`;
    return { serverCore: undefined, generatorLauncher: [], sentence };
  }
  return {
    serverCore: 0,
    generatorLauncher: ['taskset', '-c', '1'],
    sentence: 'Servers are pinned to core 0, the load generator to core 1.',
  };
}

function obstacle(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} has no taskset`;
  if (availableParallelism() < 2) return 'there is one core only';
  if (spawnSync('taskset', ['-c', '0,1', 'true']).status !== 0) return 'taskset does not work here';
  return undefined;
}
