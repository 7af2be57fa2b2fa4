// cold-starts/rig.ts: functions of several sizes on a Lambda service that soon forgets, and who calls them.
// Started by experiments/cold-starts.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'undici';
import { startReference } from '../../bench/reference-servers.ts';
import type { Lab } from '../../lab/experiment.ts';
import { CannotStart } from '../../targets/cannot-start.ts';

/** One answered invocation, by the end of the function's own log. */
export interface Invocation {
  /** From the intended time to the answer, ms. */
  readonly latencyMs: number;
  /** From the intended time to when it was sent, ms. */
  readonly lateMs: number;
  readonly billedMs: number;
  /** Undefined for a warm one. */
  readonly initMs: number | undefined;
}

export interface Functions {
  /** @returns the path by which it is invoked; it has never run */
  define(sizeMb: number, provisioned?: number): Promise<string>;
  /** @param meantAtMs on the clock of performance.now() */
  invoke(path: string, meantAtMs: number): Promise<Invocation>;
}

/** @throws CannotStart */
export async function startFunctions({
  defer,
  pinning,
  folder,
}: Pick<Lab, 'defer' | 'pinning' | 'folder'>): Promise<Functions> {
  const server = await startReference('keep-alive-server', {}, pinning.serverCore);
  defer(server.stop);
  const control = new Pool(server.url);
  const { lambdaUrl } = (await json(control, 'GET', '/served')) as { lambdaUrl: string };
  const lambda = new Pool(lambdaUrl, { connections: 64 });
  for (const pool of [control, lambda]) defer(() => pool.destroy());
  const folders = new Map<number, string>();
  let defined = 0;
  return {
    async define(sizeMb, provisioned = 0) {
      defined += 1;
      const name = `cold-${defined}`;
      const code = folders.get(sizeMb) ?? packageOf(sizeMb, folder);
      folders.set(sizeMb, code);
      const query = new URLSearchParams({ name, folder: code });
      const { version } = (await json(control, 'GET', `/define?${query}`)) as { version: string };
      const path = `/2015-03-31/functions/${name}/invocations`;
      if (provisioned === 0) return path;
      await provision(lambda, name, version, provisioned);
      return `${path}?Qualifier=${version}`;
    },
    invoke: (path, meantAtMs) => invoke(lambda, path, meantAtMs),
  };
}

/** Until it is there: what is asked before that would start cold. */
async function provision(lambda: Pool, name: string, version: string, places: number) {
  const path = `/2019-09-30/functions/${name}/provisioned-concurrency?Qualifier=${version}`;
  await json(lambda, 'PUT', path, { ProvisionedConcurrentExecutions: places });
  const look = async () => ((await json(lambda, 'GET', path)) as { Status: string }).Status;
  await untilReady(name, look);
}

/** @throws CannotStart when it is not READY after so many looks, which are a minute at least */
export async function untilReady(name: string, look: () => Promise<string>, looks = 3000) {
  let status = '';
  for (let at = 0; at < looks; at += 1) {
    status = await look();
    if (status === 'READY') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const places = `The provisioned places of ${name}`;
  throw new CannotStart(`${places} are still ${status} after ${looks} looks.`);
}

async function invoke(lambda: Pool, path: string, meantAtMs: number): Promise<Invocation> {
  const lateMs = performance.now() - meantAtMs;
  const { headers, statusCode, body } = await lambda.request({
    path,
    method: 'POST',
    headers: { 'x-amz-log-type': 'Tail' },
    body: '{}',
  });
  const text = await body.text();
  const latencyMs = performance.now() - meantAtMs;
  if (statusCode !== 200 || headers['x-amz-function-error'] !== undefined)
    throw new Error(`${path} answered ${statusCode}: ${text}`);
  return { latencyMs, lateMs, ...reportIn(String(headers['x-amz-log-result'])) };
}

/** @param tail the end of the log, as the Invoke API gives it: base64 */
export function reportIn(tail: string): Pick<Invocation, 'billedMs' | 'initMs'> {
  const log = Buffer.from(tail, 'base64').toString('utf8');
  const figure = (name: string) => new RegExp(`\\t${name}: ([\\d.]+) ms`).exec(log)?.[1];
  const [billed, init] = [figure('Billed Duration'), figure('Init Duration')];
  if (billed === undefined) throw new Error(`There is no REPORT line in: ${log}`);
  return { billedMs: Number(billed), initMs: init === undefined ? undefined : Number(init) };
}

async function json(pool: Pool, method: 'GET' | 'PUT', path: string, input?: object) {
  const sent = input === undefined ? null : JSON.stringify(input);
  const { statusCode, body } = await pool.request({ path, method, body: sent });
  const answer = await body.json();
  if (statusCode >= 300) throw new Error(`${path} answered ${statusCode}.`);
  return answer;
}

/** A module of about so many MB that does something, and a handler that loads all of it. */
function packageOf(sizeMb: number, under: string): string {
  const folder = join(under, `function-of-${String(sizeMb).replace('.', '-')}-mb`);
  mkdirSync(folder, { recursive: true });
  const one = (at: number) =>
    `export const rule${at} = (line) => line.quantity * ${at} + (line.discounts ?? []).length;\n`;
  const count = Math.round((sizeMb * 1e6) / one(1e5).length);
  const text = Array.from({ length: count }, (_, at) => one(at)).join('');
  writeFileSync(join(folder, 'rules.mjs'), text);
  const handler = "import * as rules from './rules.mjs';\nexport const handler = async () => ";
  writeFileSync(join(folder, 'handler.mjs'), `${handler}Object.keys(rules).length;\n`);
  return folder;
}
