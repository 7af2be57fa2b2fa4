// reports-beside-checkout/sites.ts: the running shops, and how one is put into the state that an arm wants.
// Started by the experiment, used by arms.ts.
import { statSync } from 'node:fs';
import {
  type PostgresServer,
  postgresMissing,
  startPostgres,
} from '@lab/shared/test/postgres-server.ts';
import type { Lab } from '../../lab/experiment.ts';
import { databaseFile } from '../../targets/databases.ts';
import type { RunningTarget, StartOptions } from '../../targets/platform.ts';
import { type Target, targetsAt } from '../../targets/targets.ts';
import { type Plan, pastOrdersIn, type SiteName, siteOf } from './plans.ts';

export interface Site {
  readonly running: RunningTarget;
  /** Starts anew what the arm is about, so that all arms begin alike. */
  place(plan: Plan): Promise<void>;
  /** Of the file beside the orders' database; undefined where there is none. */
  walBytes(): number | undefined;
  /** Where orders lie, on a server. */
  readonly serverUrl?: string;
}

/** What is needed of the lab. */
type Rig = Pick<Lab, 'platform' | 'pinning' | 'portBase' | 'start' | 'defer' | 'size'>;

/** Filling a database with the past takes longer than a start. */
const READY_TIMEOUT_MS = 300_000;
/** Nobody is refused for asking too often. */
const AS_IN_THE_LAB = { RATE_LIMIT_RPS: '1000000' };
/** Connections of a process: those of all of them, and of a reader, are fewer than the server takes. */
const POOL_SIZE = '4';
/** Ports of the sites on PostgreSQL, above those of the others. */
const PORTS_APART = 20;

/**
 * Starts what the plans need, each shape once an engine.
 * @param targets the shapes to be run; on PostgreSQL they run on other ports
 * @throws CannotStart
 */
export async function openSites(
  lab: Rig,
  targets: readonly Target[],
  plans: readonly Plan[],
): Promise<Map<SiteName, Site>> {
  const sites = new Map<SiteName, Site>();
  let postgres: PostgresServer | undefined;
  for (const plan of plans) {
    const target = targets.find(({ name }) => name === plan.shape);
    if (target === undefined || sites.has(siteOf(plan))) continue;
    const options = optionsOf(pastOrdersIn[plan.engine][lab.size]);
    if (plan.engine === 'SQLite') sites.set(siteOf(plan), await onFiles(lab, target, options));
    else if (postgresMissing() === undefined) {
      if (postgres === undefined) {
        postgres = await startPostgres();
        lab.defer(postgres.stop);
      }
      sites.set(siteOf(plan), await onPostgres(lab, plan.shape, options, postgres));
    }
  }
  return sites;
}

const optionsOf = (pastOrders: number): StartOptions => ({
  env: { PAST_ORDERS: String(pastOrders) },
  readyTimeoutMs: READY_TIMEOUT_MS,
});

async function onFiles(lab: Rig, target: Target, options: StartOptions): Promise<Site> {
  const running = await lab.start(target, options);
  const orders = ordersIn({ target });
  const file = orders && databaseFile(target, orders);
  return {
    running,
    place: (plan) => restart(running, plan),
    walBytes: () => (file ? (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) : 0),
  };
}

/**
 * Started on files, and then every database but the columns is exchanged for one of the server. Past
 * `lab.start`: the fairness audit would ask the files that are not used any more.
 */
async function onPostgres(
  { platform, pinning, portBase, defer }: Rig,
  shape: Plan['shape'],
  options: StartOptions,
  server: PostgresServer,
): Promise<Site> {
  const target = targetsAt(portBase + PORTS_APART)[shape];
  const running = await platform.start(
    { ...target, instance: `${target.instance}-postgresql` },
    {
      ...options,
      fresh: true,
      core: pinning.serverCore,
      env: { ...options.env, ...AS_IN_THE_LAB, DATABASE_POOL_SIZE: POOL_SIZE },
    },
  );
  defer(() => running.stop());
  let serverUrl = '';
  for (const component of target.components) {
    if (!component.hasDatabase || component.keepsColumns) continue;
    const url = await server.createDatabase();
    if (component === ordersIn(running)) serverUrl = url;
    await running.restartComponent(component.name, { env: { DATABASE_URL: url } });
  }
  return {
    ...{ running, serverUrl },
    place: (plan) => restart(running, plan),
    walBytes: () => undefined,
  };
}

/** The process that orders are placed with, and in the monolith reports read. */
async function restart(running: RunningTarget, { placement }: Plan): Promise<void> {
  const env = placement === undefined ? {} : { REPORTS_PLACEMENT: placement };
  await running.restartComponent(ordersIn(running)?.name ?? '', { env });
}

const ordersIn = ({ target }: Pick<RunningTarget, 'target'>) =>
  target.components.find(({ features }) => features.includes('orders'));
