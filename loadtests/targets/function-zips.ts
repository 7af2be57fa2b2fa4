// targets/function-zips.ts: the zips of the serverless shape, from the folders of the services.
// Built by `npm run build`; unpacked by whoever deploys them as Lambda functions.
import { type Artefact, type Buildable, buildArtefacts } from './artefacts.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import { unpackArtefact } from './releases.ts';
import { type Feature, features } from './targets.ts';

/** These read a queue: their zip has a second handler. */
const consumers: readonly Feature[] = ['payments', 'notifications', 'reports'];

/** `catalog-function` and so on. The gateway's shows the documentation of all. */
export const functionZips: readonly Buildable[] = [
  ...features.map((feature) => ({
    name: `${feature}-function`,
    folder: `microservices/${feature}`,
    hasDatabase: true,
    hasApiDocs: false,
    entries: consumers.includes(feature) ? ['handler', 'consumer'] : ['handler'],
  })),
  {
    name: 'gateway-function',
    folder: 'microservices/gateway',
    hasDatabase: false,
    hasApiDocs: true,
    entries: ['handler'],
  },
];

/** Where each zip lies unpacked, by its name. @throws CannotStart for one that is missing */
export async function unpackFunctions(
  artefacts: readonly Pick<Artefact, 'name' | 'path'>[],
): Promise<(zip: string) => string> {
  const { releases } = labFolders(repoRoot);
  const code = new Map<string, string>();
  for (const { name, path } of artefacts) code.set(name, await unpackArtefact(path, releases));
  return (zip) => code.get(zip) ?? '';
}

/** Builds those that have changed, and unpacks all. */
export const functionCode = async () => unpackFunctions(await buildArtefacts(functionZips));
