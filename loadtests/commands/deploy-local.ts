// commands/deploy-local.ts: `npm run deploy:local`: the shop as functions on this machine until Ctrl-C.
// Called by run.mjs.
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Coupling } from '@lab/shared/contract/couplings.ts';
import { cloudPorts } from '@lab/shared/runtime/cloud-addresses.ts';
import { type Cloud, startCloud } from '../../serverless/cloud.ts';
import { readShopConfig, type ShopConfig, shopOptions } from '../../serverless/config.ts';
import { cloudScreen } from '../screen/cloud-screen.ts';
import { couplingOf } from '../targets/coupling.ts';
import { functionCode, functionZips } from '../targets/function-zips.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { checkPorts } from '../targets/ports.ts';
import { instanceOf } from '../targets/targets.ts';
import { portBaseFrom } from './lib/bounds.ts';
import { buildApart } from './lib/build-apart.ts';
import { couplingFrom } from './lib/coupling-flag.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { interruptedExitCode, interruption } from './lib/interruption.ts';
import { during } from './lib/progress.ts';

const usage = {
  command: 'deploy:local',
  about: `Deploys serverless/template.yaml to a cloud on this machine, with API Gateway, Lambda
and SQS, and runs it until Ctrl-C. No account, no Docker.`,
  flags: {
    fresh: { about: 'forget the databases and queues of earlier runs' },
    coupling: {
      value: 'sync|queue',
      about: 'LAB_COUPLING, or else as it was left; at first queue',
    },
    'port-base': { value: 'N', about: 'first port (3000): N+2000, N+6001 and N+6324' },
  },
} as const;

/** @returns the exit code: 0 once everything was stopped, 130 when that was before anything ran */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const portBase = portBaseFrom(given);
  const coupling = couplingFrom(given);
  const shop = readShopConfig();
  const stop = interruption();
  const services = Object.entries(cloudPorts);
  await checkPorts(services.map(([name, above]) => ({ name, port: portBase + above })));
  const folder = join(labFolders(repoRoot).data, instanceOf('serverless', portBase));
  if (given.on('fresh')) rmSync(folder, { recursive: true, force: true });
  if (!(await buildApart(functionZips, stop))) return interruptedExitCode;
  const cloud = await during(
    'Deploying serverless/template.yaml',
    () => start(portBase, folder, coupling, shop),
    () => 'Deployed serverless/template.yaml',
  );
  if (!stop.yet()) {
    console.log(cloudScreen(screenOf(cloud, folder, shop)));
    await stop.promise;
  }
  await during(
    'Stopping',
    () => cloud.close(),
    () => 'Stopped; nothing is left running.',
  );
  return 0;
}

async function start(
  portBase: number,
  dataFolder: string,
  coupling: Coupling | undefined,
  shop: ShopConfig,
): Promise<Cloud> {
  const codeOf = await functionCode();
  const cloud = await startCloud({ portBase, dataFolder, codeOf, ...shopOptions(shop) });
  if (coupling === undefined) return cloud;
  return couplingOf(cloud.invokeUrl, shop.INSTRUCTOR_KEY, coupling).then(
    () => cloud,
    async (error) => {
      await cloud.close();
      throw error;
    },
  );
}

function screenOf({ invokeUrl, sqs, lambda }: Cloud, folder: string, shop: ShopConfig) {
  const near = relative(process.cwd(), folder);
  return {
    ...{ invokeUrl, sqsUrl: sqs.url, lambdaUrl: lambda.url },
    ...{ customerKey: shop.CUSTOMER_KEYS, instructorKey: shop.INSTRUCTOR_KEY },
    readyMs: performance.now() - (performance.getEntriesByName('installed')[0]?.startTime ?? 0),
    dataFolder: near,
    logFolder: join(near, 'lambda', 'logs'),
  };
}
