// bench/reference-servers.ts: bundles and starts the bare servers the way the deployables are.
// Called by comparisons.ts and rate-accuracy.ts, and by experiments that bring their own servers.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOrExplain, bundleOptions } from '../targets/bundle.ts';
import { startGuard } from '../targets/guard.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { freePort } from '../targets/ports.ts';
import { startProcess } from '../targets/supervisor.ts';

export type ReferenceName =
  | 'bare-appender'
  | 'bare-express'
  | 'bare-fastify'
  | 'bare-http'
  | 'bare-proxy'
  | 'chain-server'
  | 'cloud-server'
  | 'arrival-counter'
  | 'hop-server'
  | 'job-server'
  | 'keep-alive-server'
  | 'stalling-stub';

export interface ReferenceServer {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

const outdir = join(repoRoot, '.lab/bench');
const readyTimeoutMs = 10_000;

/**
 * Resolves when it answers. Same Node, same flags (none), same bundler as the shop's zips.
 * @param env beside PORT and SQLITE_ADDON, which it gets here
 * @throws CannotStart with its last words
 */
export async function startReference(
  name: ReferenceName,
  env: Readonly<Record<string, string>>,
  core: number | undefined,
): Promise<ReferenceServer> {
  await bundle(name);
  const port = await freePort();
  const folders = labFolders(repoRoot);
  const guard = startGuard(folders.run);
  const server = startProcess(
    {
      name,
      cwd: outdir,
      entry: `${name}.mjs`,
      env: { NODE_ENV: 'production', PORT: String(port), SQLITE_ADDON: addon, ...env },
      readyUrl: `http://127.0.0.1:${port}/served`,
      logFile: join(folders.logs, 'bench', `${name}.log`),
      guard,
      core,
    },
    () => {},
  );
  const stop = () => server.stop().finally(() => guard.close());
  await server.waitReady(readyTimeoutMs).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { pid: server.pid() ?? 0, url: `http://127.0.0.1:${port}`, stop };
}

const addon = join(repoRoot, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');

async function bundle(name: ReferenceName): Promise<void> {
  const file = fileURLToPath(new URL(`./references/${name}.ts`, import.meta.url));
  await buildOrExplain({ ...bundleOptions, write: true, outdir, entryPoints: [file] });
  // What a Lambda environment runs; it looks for them beside the bundle that it is started from.
  for (const own of ['bootstrap.mjs', 'bootstrap-parts.mjs'])
    copyFileSync(join(repoRoot, 'serverless/lambda', own), join(outdir, own));
}
