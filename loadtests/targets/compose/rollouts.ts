// targets/compose/rollouts.ts: gives containers another image or environment, at once or one by one.
// Called by compose-platform.ts.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { OUT_MS } from '@lab/shared/runtime/backoff.ts';
import { CannotStart } from '../cannot-start.ts';
import type { Deployment, RunningTarget, StartOptions } from '../platform.ts';
import { replicasOf } from '../replicas.ts';
import { componentOf, type Target } from '../targets.ts';
import type { Container } from './container.ts';
import { docker } from './engine.ts';
import { type Deployed, databaseOf, imageOf, overrideOf } from './override.ts';
import { compose, type Project } from './project.ts';

/** Callers pass over a replica for a while after it left; the next one waits until it is back. */
const BETWEEN_REPLICAS_MS = 1.2 * OUT_MS;

interface Site {
  readonly target: Target;
  readonly project: Project;
  readonly options: StartOptions;
  /** @throws CannotStart for a name the target does not have */
  of(name: string): Container;
  readonly readyTimeoutMs: number;
}

type Rollouts = Pick<RunningTarget, 'restartComponent' | 'deploy' | 'ship'> & {
  /** Builds and starts everything. */
  begin(): Promise<void>;
  /** Removes the images that deployments made; nothing may run from them any more. */
  forget(): Promise<void>;
};

export function createRollouts(site: Site): Rollouts {
  const { target, project, options, of, readyTimeoutMs } = site;
  const deployed = new Map<string, Deployed>();
  /** By the folder of the release. */
  const images = new Map<string, string>();
  const write = () =>
    writeFileSync(project.override ?? '', JSON.stringify(overrideOf(target, options, deployed)));

  /** Written once for all: another `docker compose` may be reading the file. */
  function change(names: readonly string[], deployment: Deployed): void {
    for (const name of names) {
      const now = deployed.get(name);
      deployed.set(name, { ...now, ...deployment, env: { ...now?.env, ...deployment.env } });
    }
    write();
  }

  const recreate = (name: string) =>
    renew(name, ['up', '--detach', '--no-deps', '--no-build', '--force-recreate', name]);

  async function renew(name: string, command: readonly string[]): Promise<void> {
    const container = of(name);
    container.expectEnd();
    await compose(project, command);
    await container.waitReady(readyTimeoutMs).catch(async (error: unknown) => {
      await compose(project, ['stop', '--timeout', '5', name]);
      container.expectEnd();
      throw error;
    });
  }

  async function ship(name: string, releaseFolder: string): Promise<string> {
    const image = await imageFrom(releaseFolder, imageOf(componentOf(target, name)));
    images.set(releaseFolder, image);
    return image;
  }

  async function asDeployed(name: string, { releaseFolder, env }: Deployment): Promise<Deployed> {
    const change: Deployed = env === undefined ? {} : { env };
    if (releaseFolder === undefined) return change;
    return { ...change, image: images.get(releaseFolder) ?? (await ship(name, releaseFolder)) };
  }

  return {
    async begin() {
      write();
      // By name: the file has more than the target, such as the console.
      const names = target.components.flatMap((one) =>
        one.hasDatabase ? [one.name, databaseOf(one)] : [one.name],
      );
      const services = [...new Set(names)];
      await compose(project, ['up', '--detach', '--build', '--quiet-pull', ...services]);
    },
    async restartComponent(name, deployment) {
      if (deployment === undefined) return renew(name, ['restart', '--timeout', '5', name]);
      change([name], await asDeployed(name, deployment));
      await recreate(name);
    },
    async deploy(name, { strategy = 'recreate', ...deployment }) {
      const next = await asDeployed(name, deployment);
      const replicas = replicasOf(target, name).map((one) => one.name);
      if (strategy === 'recreate') {
        change(replicas, next);
        await Promise.all(replicas.map(recreate));
        return;
      }
      if (replicas.length < 2)
        throw new CannotStart(
          `${name} is one container and cannot be replaced bit by bit: start it with replicas, or ` +
            'deploy with the strategy recreate.',
        );
      for (const one of replicas) {
        if (one !== replicas[0]) await sleep(BETWEEN_REPLICAS_MS);
        change([one], next);
        await recreate(one);
      }
    },
    async ship(name, releaseFolder) {
      await ship(name, releaseFolder);
    },
    async forget() {
      if (images.size > 0) await docker(['image', 'rm', '--force', ...images.values()]);
    },
  };
}

/** What the component's image is, with the release in place of its own files. */
async function imageFrom(releaseFolder: string, base: string): Promise<string> {
  const hash = createHash('sha256').update(releaseFolder).digest('hex').slice(0, 12);
  const image = `${base}:${hash}`;
  const dockerfile = `FROM ${base}\nCOPY . /app\n`;
  await docker(['build', '--quiet', '--tag', image, '--file', '-', releaseFolder], {}, dockerfile);
  return image;
}
