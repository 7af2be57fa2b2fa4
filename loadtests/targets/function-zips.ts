// targets/function-zips.ts: the zips of the serverless shape, from the folders of the services.
// Built by `npm run build`; unpacked by whoever deploys them as Lambda functions.
import { type Artefact, type Buildable, buildArtefacts } from './artefacts.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import { unpackArtefact } from './releases.ts';
import { features } from './targets.ts';

/** `catalog-function` and so on. The gateway's shows the documentation of all. */
export const functionZips: readonly Buildable[] = [
  ...features.map((feature) => ({
    name: `${feature}-function`,
    folder: `microservices/${feature}`,
    hasDatabase: true,
    hasApiDocs: false,
    entries: ['handler'],
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
  const unpacked = artefacts.map(
    async ({ name, path }) => [name, await unpackArtefact(path, releases)] as const,
  );
  return Object.fromEntries(await Promise.all(unpacked));
}

/** Builds those that have changed, and unpacks all. */
export const functionFolders = async (root: string = repoRoot) =>
  unpackFunctions(await buildArtefacts(functionZips, root), root);

/** The same, as the cloud asks for it. */
export async function functionCode(): Promise<(zip: string) => string> {
  const folders = await functionFolders();
  return (zip) => folders[zip] ?? '';
}
