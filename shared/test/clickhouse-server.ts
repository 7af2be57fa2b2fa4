// test/clickhouse-server.ts: throwaway ClickHouse servers from the machine’s own binary: shards of a cluster.
// Called by tests of the books; they do without where it is not installed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastWill } from '../runtime/last-will.ts';
import { freePorts } from './free-ports.ts';

/** Running servers that belong to the caller; they know each other as the shards of the cluster `shop`. */
export interface ClickhouseCluster {
  /** @returns the URL of a database of that name on one shard; it need not exist */
  url(shard: number, database: string): string;
  /** Runs a statement that asks nothing. */
  run(shard: number, database: string, statement: string): Promise<void>;
  /** Ends the servers and removes their files. */
  stop(): Promise<void>;
}

/** Whoever started them may be killed: then they end at once, and their files go. */
const WILL = `read -r word; [ "$word" = over ] && exit
kill -KILL $0; rm -rf "$1"`;

const READY_MS = 30_000;
const binary = ['/usr/sbin', ...(process.env.PATH ?? '').split(delimiter)]
  .map((folder) => join(folder, 'clickhouse-server'))
  .find((path) => existsSync(path));

/** @returns why no server can be started here, or undefined when one can */
export const clickhouseMissing = (): string | undefined =>
  binary === undefined ? 'ClickHouse is not installed (no clickhouse-server in PATH)' : undefined;

/**
 * Starts that many servers on free ports of 127.0.0.1, each with its data in a temporary folder.
 * @throws Error with a server's own words when it does not start
 */
export async function startClickhouse(shards: number): Promise<ClickhouseCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-clickhouse-'));
  const ports = await freePorts(3 * shards);
  const shard = (at: number) => {
    const [http = 0, tcp = 0, between = 0] = ports.slice(3 * at, 3 * at + 3);
    return { http, tcp, between };
  };
  const all = Array.from({ length: shards }, (_, at) => shard(at));
  const servers = all.map((own, at) => launch(join(folder, String(at)), configOf(own, all)));
  const will = lastWill(WILL, servers.map(({ pid }) => pid).join(' '), folder);

  async function stop(): Promise<void> {
    await Promise.all(servers.map(end));
    rmSync(folder, { recursive: true, force: true });
    will.end('over\n');
  }

  await Promise.all(all.map(({ http }, at) => ready(http, servers[at] as ChildProcess))).catch(
    async (error: Error) => {
      await stop();
      throw error;
    },
  );
  return {
    url: (at, database) => `clickhouse://127.0.0.1:${all[at]?.http}/${database}`,
    async run(at, database, body) {
      const address = `http://127.0.0.1:${all[at]?.http}/?database=${database}`;
      const answer = await fetch(address, { method: 'POST', body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    stop,
  };
}

interface Ports {
  readonly http: number;
  readonly tcp: number;
  /** Replicas would fetch parts there. */
  readonly between: number;
}

function launch(folder: string, config: (folder: string) => string): ChildProcess {
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.xml'), config(folder));
  writeFileSync(join(folder, 'users.xml'), USERS);
  const args = [`--config-file=${join(folder, 'config.xml')}`];
  return spawn(binary ?? '', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}

const configOf =
  ({ http, tcp, between }: Ports, all: readonly Ports[]) =>
  (folder: string) =>
    `<yandex>
  <logger><level>error</level><console>1</console></logger>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${http}</http_port>
  <tcp_port>${tcp}</tcp_port>
  <interserver_http_port>${between}</interserver_http_port>
  <path>${folder}/data/</path>
  <tmp_path>${folder}/tmp/</tmp_path>
  <mark_cache_size>67108864</mark_cache_size>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <remote_servers><shop>${all.map(shardOf).join('')}</shop></remote_servers>
</yandex>
`;

const shardOf = ({ tcp }: Ports) =>
  `<shard><replica><host>127.0.0.1</host><port>${tcp}</port></replica></shard>`;

const USERS = `<yandex>
  <profiles><default><max_memory_usage>500000000</max_memory_usage></default></profiles>
  <users><default>
    <password></password>
    <networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota>
  </default></users>
  <quotas><default/></quotas>
</yandex>
`;

async function ready(port: number, server: ChildProcess): Promise<void> {
  let log = '';
  let failed: Error | undefined;
  server.on('error', (error) => {
    failed = error;
  });
  // Read to the end of its life, or a full pipe would stop the server.
  server.stderr?.on('data', (chunk) => {
    if (log.length < 20_000) log += chunk;
  });
  const untilMs = performance.now() + READY_MS;
  while ((await fetch(`http://127.0.0.1:${port}/ping`).catch(() => undefined))?.ok !== true) {
    if (failed !== undefined || isOver(server) || performance.now() > untilMs)
      throw new Error(`ClickHouse did not start:\n${failed?.message ?? log}`);
    await sleep(50);
  }
}

const isOver = ({ exitCode, signalCode, pid }: ChildProcess) =>
  exitCode !== null || signalCode !== null || pid === undefined;

async function end(server: ChildProcess): Promise<void> {
  if (isOver(server)) return;
  // What it still has to write goes with its files.
  server.kill('SIGKILL');
  await once(server, 'exit');
}
