// lab/open-lab.ts: the lab as an experiment sees it: targets started alike, load on its own core.
// Opened by run-experiment.ts for one experiment, and closed by it whatever happens.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { request } from 'undici';
import { createClosers } from '../bench/closers.ts';
import type { Pinning } from '../bench/pinning.ts';
import { startAttack } from '../load/start-attack.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import type { Platform, RunningTarget } from '../targets/platform.ts';
import type { Target } from '../targets/targets.ts';
import type { Definition, Size } from './definition.ts';
import { exchangesDuring } from './exchanges.ts';
import type { Lab } from './experiment.ts';
import type { Started } from './fairness.ts';
import { smoke } from './smoke.ts';
import type { Watcher } from './watcher.ts';

export interface LabOptions {
  readonly platform: Platform;
  readonly targets: readonly Target[];
  readonly size: Size;
  readonly seed: number;
  readonly portBase: number;
  readonly pinning: Pinning;
  readonly signal: AbortSignal;
  /** Absolute; exists. */
  readonly folder: string;
  /** Rows go to `rows/<its id>/` in the folder. */
  readonly definition: Definition;
  readonly mayLowerRate: boolean;
  readonly watcher: Watcher;
}

export interface OpenLab {
  readonly lab: Lab;
  /** Targets started so far, the latest of each name, for the fairness audit. */
  started(): readonly Started[];
  /** Stops all that was started, the latest first. */
  close(): Promise<void>;
}

/** Faults on, keys the demo's, and a rate limit in force but out of reach, in every shape. */
const ENVIRONMENT = { LAB_CHAOS: 'on', LOG_LEVEL: 'warn', RATE_LIMIT_RPS: '1000000' };
/** A process counts as well after this: one crash must not lengthen the wait after the next. */
const PROVEN_AFTER_MS = 500;

export function openLab(options: LabOptions): OpenLab {
  const { watcher, pinning, definition, folder, platform } = options;
  const closers = createClosers();
  const started = new Map<string, Started>();
  const rowsFolder = join(folder, 'rows', definition.id);
  const rowsFile = (name: string) => join(rowsFolder, `${fileName(name)}.jsonl`);
  const lab: Lab = {
    ...options,
    defer: closers.defer,
    rowsFile,
    phase: watcher.phase,
    async start(target, start) {
      watcher.phase({ phase: 'preflight', what: `starting ${target.name}`, lengthMs: 3000 });
      const running = await platform.start(target, {
        fresh: true,
        core: pinning.serverCore,
        provenAfterMs: PROVEN_AFTER_MS,
        ...start,
        env: { ...ENVIRONMENT, ...start?.env },
      });
      closers.defer(() => running.stop());
      const exchanges = await exchangesDuring(running, () => refuseWrong(running));
      started.set(target.name, { running, exchanges });
      return running;
    },
    attack(name, plan) {
      mkdirSync(rowsFolder, { recursive: true });
      const complete = { ...plan, keys: { customer: DEMO_CUSTOMER_KEY }, rowsFile: rowsFile(name) };
      const attack = startAttack(complete, pinning.generatorLauncher);
      attack.onSecond((second) => watcher.second(name, second));
      closers.defer(async () => void (await attack.stop()));
      return attack;
    },
  };
  return { lab, started: () => [...started.values()], close: closers.closeAll };
}

async function refuseWrong({ baseUrl, target }: RunningTarget): Promise<void> {
  if (target.functions !== undefined) await wake(baseUrl);
  const [first, ...others] = await smoke(baseUrl);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` And ${others.length} more.`;
  throw new CannotStart(
    `${target.name} breaks the contract, so it is not measured: ${first}${more}`,
  );
}

/** Every function has a process afterwards: how long that takes is no part of the contract. */
async function wake(baseUrl: string): Promise<void> {
  const { body } = await request(`${baseUrl}/topology`, { reset: true });
  await body.dump();
}

function fileName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9.-]+/g, '-');
}
