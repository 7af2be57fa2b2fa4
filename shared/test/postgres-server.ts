// test/postgres-server.ts: a throwaway PostgreSQL from the machine's own binaries, and its end.
// Called by tests and experiments that run on both engines; they do without where it is not installed.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { lastWill } from '../runtime/last-will.ts';
import { freePort } from './free-ports.ts';

/** A running server that belongs to the caller. */
export interface PostgresServer {
  /** @returns the URL of a new, empty database */
  createDatabase(): Promise<string>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** Whoever started it may be killed: then the server ends at once, and its files go. */
const WILL = `read -r word; [ "$word" = over ] && exit
kill -QUIT "$0"; while kill -0 "$0"; do sleep 0.1; done; rm -rf "$1"`;

/** Debian keeps initdb and postgres out of PATH, one folder a version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** @returns why no server can be started here, or undefined when one can */
export function postgresMissing(): string | undefined {
  if (binariesFolder() === undefined) {
    return `PostgreSQL is not installed (no initdb in PATH or ${DEBIAN_FOLDER}/*/bin)`;
  }
  if (process.getuid?.() === 0 && unprivilegedUser() === undefined) {
    return 'PostgreSQL refuses to run as root, and there is no user postgres or nobody';
  }
  return undefined;
}

/**
 * Makes a cluster in a temporary folder and serves it on a free port of 127.0.0.1. About 2 s.
 * @throws Error with the server's own words when it does not start
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  for (const path of user ? [folder, data] : []) chownSync(path, user?.uid ?? 0, user?.gid ?? 0);

  const port = await freePort();
  runAs(user, 'initdb', [
    '-D',
    data,
    '-U',
    'lab',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '-N',
  ]);
  const server = spawnAs(user, 'postgres', [...settings(folder, port), '-D', data]);
  const will = lastWill(WILL, String(server.pid), folder);

  async function stop(): Promise<void> {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGINT'); // "fast shutdown": does not wait for clients
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
    will.end('over\n');
  }

  await ready(server).catch(async (error: Error) => {
    await stop();
    throw error;
  });
  return { createDatabase: databaseMaker(port), stop };
}

function databaseMaker(port: number): () => Promise<string> {
  let made = 0;
  return async () => {
    made += 1;
    const client = new pg.Client(`postgres://lab@127.0.0.1:${port}/postgres`);
    await client.connect();
    await client.query(`CREATE DATABASE lab${made}`);
    await client.end();
    return `postgres://lab@127.0.0.1:${port}/lab${made}`;
  };
}

function settings(folder: string, port: number): string[] {
  const values = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'dynamic_shared_memory_type=mmap', // containers often have a tiny /dev/shm
    'fsync=off', // the tests kill clients, never this server
    'max_connections=60',
  ];
  return values.flatMap((value) => ['-c', value]);
}

async function ready(server: ChildProcess): Promise<void> {
  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
    // Read to the end of its life, or a full pipe would stop the server.
    server.stderr?.on('data', (chunk) => {
      if (log.length < 20_000) log += chunk;
      if (log.includes('ready to accept connections')) resolve();
    });
  });
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

function unprivilegedUser(): User | undefined {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { stdio: 'pipe' }).toString());
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such user: try the next
    }
  }
  return undefined;
}

function options(user: User | undefined): { cwd: string; env: NodeJS.ProcessEnv } & Partial<User> {
  // The server's words are looked for in English, whatever this shell speaks.
  return { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } };
}

function runAs(user: User | undefined, binary: string, args: readonly string[]): void {
  execFileSync(join(binariesFolder() ?? '', binary), args, { ...options(user), stdio: 'pipe' });
}

function spawnAs(user: User | undefined, binary: string, args: readonly string[]): ChildProcess {
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  return spawn(join(binariesFolder() ?? '', binary), args, { ...options(user), stdio: [...stdio] });
}

function binariesFolder(): string | undefined {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...newestFirst.map((version) => join(DEBIAN_FOLDER, version, 'bin')),
  ];
  return folders.find((at) => existsSync(join(at, 'initdb')) && existsSync(join(at, 'postgres')));
}
