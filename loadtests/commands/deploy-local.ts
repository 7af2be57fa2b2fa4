// commands/deploy-local.ts: `npm run deploy:local`: the shop as functions on this machine until Ctrl-C.
// Called by run.mjs.
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { cloudPorts } from '../../serverless/addresses.ts';
import { type Cloud, startCloud } from '../../serverless/cloud.ts';
import { cloudScreen } from '../screen/cloud-screen.ts';
import { functionCode, functionZips } from '../targets/function-zips.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { checkPorts } from '../targets/ports.ts';
import { instanceOf } from '../targets/targets.ts';
import { builtSentence } from './build.ts';
import { portBaseFrom } from './lib/bounds.ts';
import { buildApart } from './lib/build-apart.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { interruption } from './lib/interruption.ts';
import { during } from './lib/progress.ts';

const usage = {
  command: 'deploy:local',
  about: `Deploys serverless/template.yaml to a cloud on this machine, with API Gateway, Lambda
and SQS, and runs it until Ctrl-C. No account, no Docker.`,
  flags: {
    fresh: { about: 'forget the databases and queues of earlier runs' },
    'port-base': { value: 'N', about: 'first port (3000): N+2000, N+6001 and N+6324' },
  },
} as const;

/** @returns the exit code: 0 once everything was stopped */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const portBase = portBaseFrom(given);
  const stop = interruption();
  const services = Object.entries(cloudPorts);
  await checkPorts(services.map(([name, above]) => ({ name, port: portBase + above })));
  const folder = join(labFolders(repoRoot).data, instanceOf('serverless', portBase));
  if (given.on('fresh')) rmSync(folder, { recursive: true, force: true });
  await during(
    `Building ${functionZips.length} zips`,
    () => buildApart(functionZips),
    (built) => builtSentence(functionZips.length, built),
  );
  const cloud = await during(
    'Deploying serverless/template.yaml',
    () => start(portBase, folder),
    () => 'Deployed serverless/template.yaml',
  );
  if (!stop.yet()) {
    console.log(cloudScreen(screenOf(cloud, folder)));
    await stop.promise;
  }
  await during(
    'Stopping',
    () => cloud.close(),
    () => 'Stopped; nothing is left running.',
  );
  return 0;
}

/** Code and logs of the last run go, databases and queues stay. */
async function start(portBase: number, dataFolder: string): Promise<Cloud> {
  const folder = join(dataFolder, 'lambda');
  rmSync(folder, { recursive: true, force: true });
  return startCloud({ portBase, dataFolder, codeOf: await functionCode(), lambda: { folder } });
}

function screenOf({ invokeUrl, sqs, lambda }: Cloud, folder: string) {
  const near = relative(process.cwd(), folder);
  return {
    ...{ invokeUrl, sqsUrl: sqs.url, lambdaUrl: lambda.url },
    ...{ customerKey: DEMO_CUSTOMER_KEY, instructorKey: DEMO_INSTRUCTOR_KEY },
    readyMs: performance.now() - (performance.getEntriesByName('installed')[0]?.startTime ?? 0),
    dataFolder: near,
    logFolder: join(near, 'lambda', 'logs'),
  };
}
