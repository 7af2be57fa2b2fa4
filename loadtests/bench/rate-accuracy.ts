// bench/rate-accuracy.ts: does the load generator send what it was asked to, when it was asked to?
// Called by run-bench.ts; the server's clock decides, not the generator's.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { watchCpu } from '../lab/cpu-clock.ts';
import { startAttack } from '../load/start-attack.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { noiseSince } from './measure.ts';
import { startReference } from './reference-servers.ts';
import { type Spread, spreadOf } from './spread.ts';

export const ratesRps = [200, 1000, 2000, 3000] as const;
/** Furthest that any single second may be off, as a share of the rate. */
export const maxRateOff = 0.01;

export interface RateBlock {
  readonly askedRps: number;
  readonly sentRps: number;
  /** By the server, over the whole duration. */
  readonly countedRps: number;
  /** The second furthest from the rate, by the server's count: +0.01 is 1 % too many. */
  readonly worstSecondOff: number;
  readonly lagMsP99: number;
  readonly generatorCores: number;
  readonly otherShare: number | undefined;
  readonly discarded: boolean;
}

export interface RateOptions {
  readonly blocks: number;
  readonly seconds: number;
  readonly serverCore: number | undefined;
  readonly generatorLauncher: readonly string[];
  readonly defer: (stop: () => Promise<void>) => void;
  readonly onStep: (step: string) => void;
}

/** Every rate in every block, until each has enough accepted blocks or as many are discarded. */
export async function measureRates(options: RateOptions): Promise<RateBlock[]> {
  const server = await startReference('arrival-counter', {}, options.serverCore);
  options.defer(server.stop);
  const measured: RateBlock[] = [];
  const count = (rateRps: number, discarded: boolean) =>
    measured.filter((block) => block.askedRps === rateRps && block.discarded === discarded).length;
  const unfinished = () =>
    ratesRps.filter(
      (rate) => count(rate, false) < options.blocks && count(rate, true) < options.blocks,
    );
  for (let rates = unfinished(); rates.length > 0; rates = unfinished()) {
    for (const rateRps of rates) {
      options.onStep(
        `${rateRps} a second, block ${count(rateRps, false) + 1} of ${options.blocks}`,
      );
      measured.push(await measureRate(server, rateRps, options));
    }
  }
  return measured;
}

export async function measureRate(
  server: { readonly url: string },
  rateRps: number,
  { seconds, generatorLauncher }: Pick<RateOptions, 'seconds' | 'generatorLauncher'>,
): Promise<RateBlock> {
  await takeArrivals(server.url);
  const cpu = watchCpu();
  const attack = startAttack(planOf(server.url, rateRps, seconds), generatorLauncher);
  const summary = await attack.finished;
  const noise = noiseSince(cpu);
  const arrivals = await takeArrivals(server.url);
  return {
    askedRps: rateRps,
    sentRps: summary.achievedRps,
    countedRps: arrivals.length / seconds,
    worstSecondOff: worstSecondOff(arrivals, summary.startedAtMs, seconds, rateRps),
    lagMsP99: summary.lagMsP99,
    generatorCores: summary.cpuMs / summary.durationMs,
    ...noise,
  };
}

function planOf(baseUrl: string, rateRps: number, seconds: number) {
  const folder = join(labFolders(repoRoot).data, 'bench');
  mkdirSync(folder, { recursive: true });
  return {
    baseUrl,
    scenario: 'browse',
    rateRps,
    arrivals: 'constant',
    durationMs: seconds * 1000,
    seed: 1,
    keys: { customer: 'none' },
    rowsFile: join(folder, 'rates.jsonl'),
  } as const;
}

/** Epoch ms of every request since the last call. */
async function takeArrivals(url: string): Promise<number[]> {
  return (await (await fetch(`${url}/arrivals`)).json()) as number[];
}

/** @param startMs epoch ms of second 0, on the generator's clock: both run on this machine */
export function worstSecondOff(
  arrivals: readonly number[],
  startMs: number,
  seconds: number,
  rateRps: number,
): number {
  const counts = new Array<number>(seconds).fill(0);
  for (const at of arrivals) {
    // What leaves in the last instant may come after the end; it belongs to the last second.
    const second = Math.min(seconds - 1, Math.max(0, Math.floor((at - startMs) / 1000)));
    counts[second] = (counts[second] ?? 0) + 1;
  }
  const offs = counts.map((count) => count / rateRps - 1);
  return offs.reduce((worst, off) => (Math.abs(off) > Math.abs(worst) ? off : worst), 0);
}

export interface RateFigures {
  readonly sentRps: Spread;
  readonly countedRps: Spread;
  /** Of its absolute value. */
  readonly worstSecondOff: Spread;
  readonly lagMsP99: Spread;
  readonly generatorCores: Spread;
}

/** @returns undefined when no block was accepted */
export function rateFiguresOf(blocks: readonly RateBlock[]): RateFigures | undefined {
  const accepted = blocks.filter((block) => !block.discarded);
  if (accepted.length === 0) return undefined;
  const spread = (pick: (block: RateBlock) => number) => spreadOf(accepted.map(pick));
  return {
    sentRps: spread((block) => block.sentRps),
    countedRps: spread((block) => block.countedRps),
    worstSecondOff: spread((block) => Math.abs(block.worstSecondOff)),
    lagMsP99: spread((block) => block.lagMsP99),
    generatorCores: spread((block) => block.generatorCores),
  };
}
