// cloud/servers.ts: the local cloud and the bare server, each a process on the servers' core.
// Started by measure-cloud.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { type ReferenceServer, startReference } from '../reference-servers.ts';

export interface CloudServers {
  readonly cloud: ReferenceServer;
  readonly bare: ReferenceServer;
  readonly sqsUrl: string;
  readonly lambdaUrl: string;
}

export interface Home {
  readonly serverCore: number | undefined;
  readonly defer: (stop: () => Promise<void>) => void;
}

/** @throws CannotStart */
export async function startCloudServers({ serverCore, defer }: Home): Promise<CloudServers> {
  const codeFolder = join(labFolders(repoRoot).data, 'bench', 'function');
  mkdirSync(codeFolder, { recursive: true });
  const handler = 'export const handler = async () => ({ batchItemFailures: [] });\n';
  writeFileSync(join(codeFolder, 'handler.mjs'), handler);
  const cloud = await startReference('cloud-server', { CODE_FOLDER: codeFolder }, serverCore);
  defer(cloud.stop);
  const bare = await startReference('bare-http', {}, serverCore);
  defer(bare.stop);
  const { sqsUrl = '', lambdaUrl = '' } = await askJson(cloud, '/served');
  return { cloud, bare, sqsUrl, lambdaUrl };
}

/** @param path of the cloud server's own */
export async function askJson(
  { url }: ReferenceServer,
  path: string,
): Promise<Readonly<Record<string, string>>> {
  return (await (await fetch(url + path)).json()) as Record<string, string>;
}
