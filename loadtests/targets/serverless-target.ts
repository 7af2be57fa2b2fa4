// targets/serverless-target.ts: the third shape: one process that is the whole cloud, and its functions.
// Called by targets.ts, whose table it is a row of.
import { basePath, cloudPorts } from '@lab/shared/runtime/cloud-addresses.ts';
import type { Component, Target } from './targets.ts';

/** @param functions one a feature; the cloud runs them as its children, when somebody calls */
export function serverlessTarget(
  portBase: number,
  functions: readonly Component[],
): Omit<Target, 'instance'> {
  const cloud: Component = {
    name: 'cloud',
    folder: 'serverless',
    port: portBase + cloudPorts['API Gateway'],
    otherPorts: [portBase + cloudPorts.Lambda, portBase + cloudPorts.SQS],
    hasDatabase: false,
    hasApiDocs: false,
    dependsOn: [],
    features: [],
    files: [
      'serverless/template.yaml',
      'serverless/lambda/bootstrap.mjs',
      'serverless/lambda/bootstrap-parts.mjs',
    ],
  };
  return { name: 'serverless', frontDoor: 'cloud', basePath, components: [cloud], functions };
}
