// reports-beside-checkout/arms.ts: one load of checkout: no reports, then one a second, then a burst of them.
// Made by experiments/reports-beside-checkout.ts, measured once a block.
import type { Gate, Workload } from '../../lab/definition.ts';
import type { Arm, BlockContext, Lab } from '../../lab/experiment.ts';
import { doubtsAbout } from '../../lab/gate.ts';
import { rowsBetween, until } from '../../lab/stretch.ts';
import type { Attack } from '../../load/start-attack.ts';
import { nowMs } from '../../targets/life.ts';
import { type Asker, createAsker, type Report } from './asking.ts';
import { BURST, EVERY_MS } from './law.ts';
import { doubtsOf, metricsOf, type Story, type Stretch } from './metrics.ts';
import { isOnLoop, type Plan, timesIn } from './plans.ts';
import type { Site } from './sites.ts';

/** Reports that nobody measures: code is compiled and pages are cached. */
const REHEARSED = 5;
const ALONE = 5;
/** The shortest burst that has a p99 of its own. */
const BURST_MS = 2000;

export function armOf(
  lab: Lab,
  site: Site,
  plan: Plan,
  { workload, gate }: { workload: Workload; gate: Gate },
): Arm {
  const { name, twinOf, versus } = plan;
  return {
    name,
    ...(twinOf !== undefined && { twinOf }),
    ...(versus !== undefined && { versus }),
    async measure({ index, seed }: BlockContext) {
      lab.phase({ phase: 'preflight', what: name, lengthMs: 3000 });
      await site.place(plan);
      const asker = createAsker(site.running.baseUrl, lab.signal);
      try {
        await asker.inTurn(REHEARSED);
        const alone = await asker.inTurn(ALONE);
        const file = `${index} ${name}`;
        const attack = lab.attack(file, { ...workload, baseUrl: site.running.baseUrl, seed });
        const seen = await play(lab, site, name, attack, asker);
        const summary = await attack.stop();
        const rows = await rowsBetween(lab.rowsFile(file), 0, Number.POSITIVE_INFINITY);
        const story: Story = { ...seen, alone, rows };
        const doubts = [...doubtsAbout(summary, gate), ...doubtsOf(story)];
        return [{ arm: name, metrics: metricsOf(story, isOnLoop(plan)), doubts, detail: story }];
      } finally {
        await asker.close();
      }
    },
  };
}

/** The three stretches of one load, in this order: a queue that a burst leaves must spoil nothing. */
async function play(
  lab: Lab,
  site: Site,
  name: string,
  attack: Attack,
  asker: Asker,
): Promise<Omit<Story, 'alone' | 'rows'>> {
  const { warmUpMs, lengthMs } = timesIn[lab.size];
  try {
    const zeroMs = await attack.started;
    lab.phase({ phase: 'warm-up', what: name, lengthMs: warmUpMs });
    await until(zeroMs + warmUpMs, lab.signal);
    const during = async <Seen>(what: string, work: () => Promise<Seen>) => {
      lab.phase({ phase: 'steady', what: `${name}: ${what}`, lengthMs });
      const fromMs = nowMs() - zeroMs;
      const seen = await work();
      return { seen, stretch: { fromMs, toMs: nowMs() - zeroMs } };
    };
    const without = await during('no reports', () => until(nowMs() + lengthMs, lab.signal));
    const walWithout = site.walBytes();
    const steady = await during('one a second', () => asker.every(EVERY_MS, lengthMs));
    const burst = await during(`${BURST} at once`, () => burstOf(asker, lab.signal));
    const walWith = site.walBytes();
    return {
      zeroMs,
      without: without.stretch,
      with: shortened(steady.stretch, lengthMs),
      burst: burst.stretch,
      steady: steady.seen,
      atOnce: burst.seen,
      walBytes:
        walWithout === undefined || walWith === undefined
          ? undefined
          : { without: walWithout, with: walWith },
    };
  } catch (error) {
    await attack.stop().catch(() => {});
    throw error;
  }
}

/** Without the time in which the last reports were only waited for. */
const shortened = ({ fromMs, toMs }: Stretch, lengthMs: number): Stretch => ({
  fromMs,
  toMs: Math.min(toMs, fromMs + lengthMs),
});

async function burstOf(asker: Asker, signal: AbortSignal): Promise<Report[]> {
  const [reports] = await Promise.all([asker.atOnce(BURST), until(nowMs() + BURST_MS, signal)]);
  return reports;
}
