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

/** The folder that each zip lies unpacked in, by its name: `catalog-function`. */
export type FunctionFolders = Readonly<Record<string, string>>;

/** @throws CannotStart for one that is missing */
export async function unpackFunctions(
  artefacts: readonly Pick<Artefact, 'name' | 'path'>[],
  root: string = repoRoot,
): Promise<FunctionFolders> {
  const { releases } = labFolders(root);
  const folders: Record<string, string> = {};
  for (const { name, path } of artefacts) folders[name] = await unpackArtefact(path, releases);
  return folders;
}

/** Builds those that have changed, and unpacks all. */
export const functionFolders = async (root: string = repoRoot) =>
  unpackFunctions(await buildArtefacts(functionZips, root), root);

/** The same, as the cloud asks for it. */
export async function functionCode(): Promise<(zip: string) => string> {
  const folders = await functionFolders();
  return (zip) => folders[zip] ?? '';
}
