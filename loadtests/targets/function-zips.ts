// targets/function-zips.ts: the zips of the serverless shape, from the folders of the services.
// Built by `npm run build`; unpacked by whoever deploys them as Lambda functions.
import { type Buildable, zipsOf } from './artefacts.ts';
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
    hasShop: true,
    entries: ['handler'],
  },
];

/** The folder that each zip lies unpacked in, by its name: `catalog-function`. */
export type FunctionFolders = Readonly<Record<string, string>>;

/**
 * Builds those that have changed, and unpacks all.
 * @param built true takes the zips as they are
 */
export async function functionFolders(root = repoRoot, built = false): Promise<FunctionFolders> {
  const { releases } = labFolders(root);
  const zips = await zipsOf(functionZips, root, built);
  const unpacked = zips.map(async ({ path, sha256 }, at) => {
    const folder = await unpackArtefact(path, releases, sha256);
    return [functionZips[at]?.name ?? '', folder] as const;
  });
  return Object.fromEntries(await Promise.all(unpacked));
}

/** The same, as the cloud asks for it. */
export async function functionCode(): Promise<(zip: string) => string> {
  const folders = await functionFolders();
  return (zip) => folders[zip] ?? '';
}
