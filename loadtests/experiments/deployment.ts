// experiments/deployment.ts: E7: one changed line, built, shipped and deployed under load.
// Run by `npm run compare` (short) and `npm run lab -- run deployment`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Workload } from '../lab/definition.ts';
import type { Arm, BlockContext, Experiment, Lab } from '../lab/experiment.ts';
import { doubtsAbout } from '../lab/gate.ts';
import { busyRatioOf, doubtAbout } from '../lab/headroom.ts';
import { readAllRows } from '../lab/losses.ts';
import type { Sample } from '../lab/result.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { type Component, componentOf, type Target } from '../targets/targets.ts';
import { armsFor, type DeploymentArm, planOf } from './deployment/arms.ts';
import { definition, ordersOf } from './deployment/definition.ts';
import { deploymentFigures, deploymentSentence } from './deployment/figures.ts';
import { makeRelease, type Release } from './deployment/pipeline.ts';
import { simulatedSamples } from './deployment/queue.ts';
import { type Rollout, rollOut } from './deployment/rollout.ts';
import { rolloutTotals, sampleOf } from './deployment/samples.ts';
import { type VersionName, versionNames, writeVersion } from './deployment/versions.ts';
import { orderMetrics } from './orders-check.ts';

export const deployment: Experiment = {
  definition,
  platforms: ['process', 'compose'],
  targets: ['monolith', 'monolith-cluster', 'microservices'],
  takes: ['rate'],
  async prepare(lab) {
    const folder = join(repoRoot, '.lab/versions', String(lab.portBase));
    lab.defer(async () => rmSync(folder, { recursive: true, force: true }));
    const workshop = openWorkshop(lab, folder);
    const running = new Map<string, RunningTarget>();
    const arms: Arm[] = [];
    for (const [arm, target] of armsFor(lab)) {
      const start = () => lab.start(target, optionsOf(arm));
      const started = running.get(target.name) ?? (await start());
      running.set(target.name, started);
      const siteOf = siteFor(arm, started, start);
      await workshop.prepare(componentOf(target, arm.component));
      arms.push({
        name: arm.name,
        parts: [...planOf(arm), { name: ordersOf(arm.name) }],
        measure: async (block) => measure(lab, await siteOf(block), arm, workshop, block),
      });
    }
    return arms;
  },
  derive: (samples) => [...simulatedSamples(samples), ...rolloutTotals(samples)],
  figures: (blocks, { effects }) => deploymentFigures(blocks, effects),
  sentence: (_evaluation, blocks) => deploymentSentence(blocks),
};

/** Orders at wrong prices outlive the rollback: after them the next block begins with empty databases. */
function siteFor(
  { versions }: DeploymentArm,
  started: RunningTarget,
  start: () => Promise<RunningTarget>,
): (block: BlockContext) => Promise<RunningTarget> {
  let site = started;
  return async ({ index }) => {
    if (index === 0 || !versions.includes('wrong')) return site;
    await site.stop();
    site = await start();
    return site;
  };
}

const optionsOf = ({ replicas }: DeploymentArm) => (replicas === undefined ? {} : { replicas });

/** Where versions are written and built; bad and wrong ones once, for their builds are not measured. */
interface Workshop {
  prepare(component: Component): Promise<void>;
  /** Builds the good version from nothing. */
  build(arm: DeploymentArm, target: Target, block: number): Promise<Release>;
  foldersOf(component: string): Readonly<Record<Exclude<VersionName, 'good'>, string>>;
}

function openWorkshop(lab: Lab, folder: string): Workshop {
  const made = new Map<string, Record<Exclude<VersionName, 'good'>, string>>();
  const make = (component: Component, version: VersionName, place: string) =>
    makeRelease(
      {
        component,
        root: join(folder, `${component.name}-${version}`),
        releases: join(folder, 'releases', place),
      },
      lab.pinning.generatorLauncher,
    );
  return {
    async prepare(component) {
      const { name } = component;
      if (made.has(name)) return;
      for (const version of versionNames)
        writeVersion(component, version, join(folder, `${name}-${version}`));
      const bad = await make(component, 'bad', `${name}-bad`);
      const wrong = await make(component, 'wrong', `${name}-wrong`);
      made.set(name, { bad: bad.folder, wrong: wrong.folder });
    },
    build(arm, target, block) {
      lab.phase({ phase: 'warm-up', what: `building ${arm.component}`, lengthMs: 2000 });
      // Two places in turn: what runs still has its own when the next is unpacked.
      return make(componentOf(target, arm.component), 'good', `${arm.name}-${block % 2}`);
    },
    foldersOf(component) {
      const folders = made.get(component);
      if (folders === undefined) throw new Error(`${component} was not prepared.`);
      return folders;
    },
  };
}

/** @returns how long the good version took, ms; 0 where its folder is enough */
async function ship(
  running: RunningTarget,
  { component }: DeploymentArm,
  { good, ...others }: Readonly<Record<VersionName, string>>,
): Promise<number> {
  for (const folder of Object.values(others)) await running.ship?.(component, folder);
  const beganMs = performance.now();
  await running.ship?.(component, good);
  return performance.now() - beganMs;
}

async function measure(
  lab: Lab,
  running: RunningTarget,
  arm: DeploymentArm,
  workshop: Workshop,
  { index, seed }: BlockContext,
): Promise<Sample[]> {
  const built = await workshop.build(arm, running.target, index);
  const folders = { ...workshop.foldersOf(arm.component), good: built.folder };
  const release = { ...built, shipMs: built.shipMs + (await ship(running, arm, folders)) };
  const load = `${index}-${arm.name}`;
  const workload = lab.definition.workload as Workload;
  const attack = lab.attack(load, { ...workload, baseUrl: running.baseUrl, seed });
  try {
    const zeroMs = await attack.started;
    const busyRatio = await busyRatioOf(lab, running);
    const full = doubtAbout(busyRatio, workload.rateRps, index === 0 && lab.mayLowerRate);
    const rollouts: Rollout[] = [];
    for (const version of arm.versions)
      rollouts.push(await rollOut(lab, running, arm, version, folders, zeroMs));
    lab.phase({ phase: 'drain', what: arm.name, lengthMs: workload.deadlineMs });
    const summary = await attack.stop();
    const rows = await readAllRows(lab.rowsFile(load));
    const doubts = [...doubtsAbout(summary, definition.gate), ...full];
    const orders = await orderMetrics(running, rows);
    return [
      ...rollouts.map((rollout) => sampleOf(arm, rollout, release, rows)),
      { arm: ordersOf(arm.name), ...orders, doubts },
    ];
  } catch (error) {
    await attack.stop().catch(() => {});
    throw error;
  }
}
