// references/keep-alive-server.ts: a Lambda service that ends what rests for a second, to be asked rarely.
// Bundled and started by reference-servers.ts for the experiment on cold starts.
import { createServer } from 'node:http';
import { startLambda } from '../../../serverless/lambda/lambda.ts';
import { KEEP_MS, MEMORY_MB } from '../../experiments/cold-starts/law.ts';
import { port } from './settings.ts';

const host = '127.0.0.1';
const lambda = await startLambda({ port: 0, host, idleExpiryMs: KEEP_MS });

/** A new function, which has never run. */
function define(name: string, codeFolder: string): object {
  lambda.createFunction({ name, codeFolder, memorySizeMb: MEMORY_MB, timeoutSeconds: 30 });
  const { version } = lambda.publishVersion(name);
  return { version };
}

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://lambda');
  const [name, folder] = [searchParams.get('name'), searchParams.get('folder')];
  const answer = name && folder ? define(name, folder) : { lambdaUrl: lambda.url };
  response.writeHead(pathname.length > 1 ? 200 : 404).end(JSON.stringify(answer));
}).listen(port, host);

process.once('SIGTERM', async () => {
  await lambda.close();
  process.exit();
});
