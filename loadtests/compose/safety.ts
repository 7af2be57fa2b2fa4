// compose/safety.ts: what a look at the running containers and their images finds wrong.
// Called by `npm run test:compose`.
import { docker, warningsOf } from '../targets/compose/engine.ts';
import { compose, type Project } from '../targets/compose/project.ts';

interface Container {
  readonly Name: string;
  readonly Image: string;
  readonly Config: { readonly User: string; readonly Image: string };
  readonly HostConfig: { readonly ReadonlyRootfs: boolean; readonly Memory: number };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string }[] | null>>;
  };
}

/** What an environment or a layer must not hold, unless it is the public demo's. */
const secretWords = /(password|secret|api_?key|token)\s*[=:]\s*\S+/i;

/** @returns sentences; empty when all is well */
export async function unsafeties(project: Project): Promise<string[]> {
  const ids = (await compose(project, ['ps', '--quiet'])).trim().split('\n');
  const containers = JSON.parse(await docker(['inspect', ...ids])) as Container[];
  const images = [...new Set(containers.map(({ Config }) => Config.Image))];
  const found = await Promise.all(images.map(secretsIn));
  const words = await warningsOf(['compose', '--profile', '*', 'config', '--quiet']);
  return [
    ...(words === '' ? [] : [`docker compose config is not clean: ${words}`]),
    ...containers.flatMap(wrongWith),
    ...found.flat(),
  ];
}

/** @returns sentences about one container */
export function wrongWith(container: Container): string[] {
  const { Name, Config, HostConfig, NetworkSettings } = container;
  const name = Name.replace('/', '');
  const isDatabase = Config.Image.startsWith('postgres:');
  const hosts = Object.values(NetworkSettings.Ports).flatMap((all) => all ?? []);
  const open = hosts.find(({ HostIp }) => HostIp !== '127.0.0.1');
  return [
    ...(open === undefined ? [] : [`${name} is published on ${open.HostIp}.`]),
    ...(isDatabase && hosts.length > 0 ? [`${name} is published, and is a database.`] : []),
    ...(HostConfig.Memory > 0 ? [] : [`${name} has no memory limit.`]),
    // PostgreSQL's image begins as root to own its folder, and becomes `postgres` by itself.
    ...(isDatabase || isOrdinary(Config.User) ? [] : [`${name} runs as root.`]),
    ...(isDatabase || HostConfig.ReadonlyRootfs ? [] : [`${name} can write to its image.`]),
  ];
}

const isOrdinary = (user: string) => !['', '0', 'root'].includes(user.split(':')[0] ?? '');

async function secretsIn(image: string): Promise<string[]> {
  const history = await docker(['history', '--no-trunc', '--format', '{{.CreatedBy}}', image]);
  const lines = history.split('\n').filter((line) => secretWords.test(line));
  return lines.map((line) => `${image} has a secret in a layer: ${line.slice(0, 80)}`);
}
