// lab/fairness.ts: what must be equal for a comparison to be fair, counted where it can be counted.
// Called by run-experiment.ts at the end of a run, while the targets still live.
import { readFile } from 'node:fs/promises';
import type { Feature } from '@lab/shared/contract/operation.ts';
import { isFileOfColumns } from '../targets/databases.ts';
import { allPidsOf } from '../targets/memory.ts';
import type { RunningTarget } from '../targets/platform.ts';
import type { Component } from '../targets/targets.ts';
import { componentFor } from './bindings.ts';
import { coresOf, nodeVersionOf, settingsOf } from './process-facts.ts';
import type { FairnessRow } from './result.ts';

/** A target that was started, and what one request cost it before anything was broken. */
export interface Started {
  readonly running: RunningTarget;
  /** As exchanges.ts counts them. */
  readonly exchanges: string;
}

type Count = (started: Started) => Promise<string> | string;

const SUBJECT = 'this is what the shapes differ in';
const NOT_READ = 'not read here';
const NOT_KNOWN = 'not known';

/** What is asked of each target; `reason` where a difference is no fault. */
const questions: readonly (readonly [what: string, count: Count, reason?: string])[] = [
  ['settings', ofProcesses(settingsOf)],
  ['CPU', ofProcesses(coresOf)],
  ['Node', ofProcesses(nodeVersionOf)],
  ['rows: products', rowsOf('catalog', 'products')],
  ['rows: stock', rowsOf('inventory', 'stock')],
  ['databases', databases],
  ['kept in columns', inColumns, 'reports have a process of their own: docs/decisions/0036'],
  ['processes', processes, SUBJECT],
  ['database servers', ({ running: { databases } }) => String(databases.length), SUBJECT],
  ['HTTP exchanges a customer request', ({ exchanges }) => exchanges, SUBJECT],
  ['connections open at the end', connections, 'kept alive: one pool for each pair of processes'],
];

/** @returns no rows where no target runs; never rejects: what cannot be read says so */
export async function auditFairness(started: readonly Started[]): Promise<FairnessRow[]> {
  const alive = started.filter(({ running }) => allPidsOf(running.components).length > 0);
  if (alive.length === 0) return [];
  return Promise.all(questions.map(([what, count, reason]) => rowOf(what, alive, count, reason)));
}

/** @returns one sentence for each thing that is not equal and has no reason */
export function unfairness(audit: readonly FairnessRow[]): string[] {
  return audit
    .filter(({ equal, reason }) => !equal && reason === undefined)
    .map(({ what, values }) => {
      const each = Object.entries(values).map(([name, value]) => `${name}: ${value}`);
      return `Not equal for all targets: ${what} (${each.join('; ')}).`;
    });
}

async function rowOf(
  what: string,
  started: readonly Started[],
  count: Count,
  reason?: string,
): Promise<FairnessRow> {
  const pairs = started.map(async (one) => {
    return [one.running.target.name, await valueFrom(count, one)] as const;
  });
  const values = Object.fromEntries(await Promise.all(pairs));
  const distinct = new Set(Object.values(values));
  const unread = distinct.has(NOT_READ) ? 'this system does not tell' : undefined;
  const equal = distinct.size === 1 && unread === undefined && !distinct.has(NOT_KNOWN);
  const why = reason ?? unread;
  return { what, values, equal, ...(equal || why === undefined ? {} : { reason: why }) };
}

/** A target that does not answer at the end has other troubles; the audit goes on. */
async function valueFrom(count: Count, started: Started): Promise<string> {
  try {
    return await count(started);
  } catch {
    return NOT_KNOWN;
  }
}

/** What its processes and workers say, each answer once. */
function ofProcesses(read: (pid: number) => Promise<string>): Count {
  return async ({ running }) => {
    if (process.platform !== 'linux') return NOT_READ;
    const answers = await Promise.all(allPidsOf(running.components).map(read));
    return [...new Set(answers)].sort().join(' | ');
  };
}

function processes({ running: { components } }: Started): string {
  const functions = components.find(({ runsFunctions }) => runsFunctions)?.workerPids;
  const own = String(components.length);
  return functions === undefined ? own : `${own}, and ${functions.length} of functions at the end`;
}

/** In the database of the component that has the feature. */
function rowsOf(feature: Feature, table: string): Count {
  return async ({ running }) => {
    const owner = componentFor(running.target, feature)?.name ?? feature;
    const sql = `SELECT count(*) AS count FROM ${table}`;
    const [row] = await running.query<{ count: number }>(owner, sql);
    return String(row?.count);
  };
}

/** What a commit waits for. */
const durability = {
  SQLite: 'PRAGMA journal_mode',
  PostgreSQL: "SELECT 'synchronous_commit ' || current_setting('synchronous_commit') AS how",
} as const;

/** Whoever has a database; replicas share that of the first. */
const owners = ({ target }: RunningTarget) =>
  [...target.components, ...(target.functions ?? [])].filter(
    ({ hasDatabase, replicaOf }) => hasDatabase && !replicaOf,
  );

const isInColumns = ({ engine, target }: RunningTarget, component: Component) =>
  engine === 'SQLite' && isFileOfColumns(target, component);

/** Of rows: what a commit of columns waits for is not compared. */
async function databases({ running }: Started): Promise<string> {
  const { engine } = running;
  const inRows = owners(running).filter((owner) => !isInColumns(running, owner));
  const answers = await Promise.all(
    inRows.map(({ name }) => running.query<Record<string, string>>(name, durability[engine])),
  );
  const said = answers.flat().flatMap((row) => Object.values(row));
  return [engine, ...new Set(said)].join(', ');
}

function inColumns({ running }: Started): string {
  const names = owners(running).flatMap((owner) =>
    isInColumns(running, owner) ? [owner.name] : [],
  );
  return names.length === 0 ? 'none' : `DuckDB: ${names.join(', ')}`;
}

/** Established, at the ports of its processes, by the kernel's table. */
async function connections({ running }: Started): Promise<string> {
  if (process.platform !== 'linux') return NOT_READ;
  const ports = new Set(
    running.components.map(({ port }) => port.toString(16).toUpperCase().padStart(4, '0')),
  );
  const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n').slice(1);
  const established = lines.filter((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return state === '01' && ports.has(local.split(':')[1] ?? '');
  });
  return String(established.length);
}
