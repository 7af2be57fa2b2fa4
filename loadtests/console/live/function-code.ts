// live/function-code.ts: gives the functions of a feature another zip, over Lambda's own API, and tries them.
// Called by deploy-ways.ts.
import { readFileSync } from 'node:fs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Target } from '../../targets/targets.ts';

/**
 * All that run the code of `shop-<role>`: the one that API Gateway calls, and one at a queue.
 * @param zip absolute path
 * @throws Error with what the function said, when it does not start
 */
export async function updateFunctions(target: Target, role: string, zip: string): Promise<void> {
  // Its advice to take a newer Node would stand in the middle of the live status.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // Loaded when it is needed: it is large.
  const sdk = await import('@aws-sdk/client-lambda');
  const client = new sdk.LambdaClient({
    endpoint: `http://127.0.0.1:${lambdaPort(target)}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'lab', secretAccessKey: 'lab' },
    // Customers may have all its places at this moment.
    maxAttempts: 10,
  });
  try {
    const name = `shop-${role}`;
    const { Functions = [] } = await client.send(new sdk.ListFunctionsCommand({}));
    const code = Functions.find(({ FunctionName }) => FunctionName === name)?.CodeSha256;
    const alike = Functions.filter(({ CodeSha256 }) => code !== undefined && CodeSha256 === code);
    if (alike.length === 0) throw new Error(`There is no function ${name}.`);
    const ZipFile = readFileSync(zip);
    for (const { FunctionName } of alike)
      await client.send(new sdk.UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
    await tryOut(client, sdk, name);
  } finally {
    client.destroy();
  }
}

/** The cloud's second port: API Gateway's is the first. */
function lambdaPort({ components }: Target): number {
  const [port] = components.flatMap(({ otherPorts = [] }) => otherPorts);
  if (port === undefined) throw new Error('There is no Lambda in this shape.');
  return port;
}

/** As API Gateway would call it, for what every function answers. */
async function tryOut(
  client: LambdaClient,
  sdk: typeof import('@aws-sdk/client-lambda'),
  FunctionName: string,
): Promise<void> {
  const event = {
    ...{ resource: '/health', path: '/health', httpMethod: 'GET', headers: {}, body: null },
    ...{ multiValueHeaders: {}, queryStringParameters: null, isBase64Encoded: false },
    requestContext: { path: '/health', stage: 'prod', requestId: 'try-out' },
  };
  const Payload = Buffer.from(JSON.stringify(event));
  const { FunctionError, Payload: said } = await client.send(
    new sdk.InvokeCommand({ FunctionName, Payload }),
  );
  if (FunctionError === undefined) return;
  const { errorMessage = FunctionError } = JSON.parse(Buffer.from(said ?? []).toString() || '{}');
  throw new Error(`${FunctionName} does not start: ${errorMessage}.`);
}
