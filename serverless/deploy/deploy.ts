// deploy/deploy.ts: makes what a CloudFormation template describes, in the cloud of this machine.
// Called by whoever starts that cloud, and by the tests.
import type { LocalCloud } from './cloud.ts';
import { checkKinds, kindOf } from './kinds.ts';
import { misshapenParts } from './lint-sections.ts';
import { checkReferences, inOrder } from './order.ts';
import { parameterValues } from './parameters.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import { resolve, type Scope } from './resolve.ts';
import type { Deployment, Made } from './resource.ts';
import { CannotDeploy, isMap, parseTemplate, type Template } from './template.ts';

export interface Stack {
  /** An invoke URL is the local one. */
  readonly outputs: Readonly<Record<string, string>>;
  /** In the order in which they were made. */
  readonly resources: readonly StackResource[];
  /** Takes back what can be taken back, last first; an API and its keys stay until the cloud closes. */
  delete(): Promise<void>;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** What Ref gives. */
  readonly physicalId: string;
}

/**
 * All of the template or nothing: what is known to be wrong is found before anything is made, and
 * what then fails takes back what was made.
 * @throws CannotDeploy with one sentence, as CloudFormation's where it has one
 */
export async function deploy(
  templateText: string,
  parameters: Readonly<Record<string, string>>,
  cloud: LocalCloud,
  { stackName = 'shop' }: { readonly stackName?: string } = {},
): Promise<Stack> {
  const template = parseTemplate(templateText);
  checkSections(template);
  checkKinds(template);
  checkReferences(template);
  const order = inOrder(template);
  const values = {
    ...pseudoParameters(stackName),
    ...parameterValues(template.Parameters ?? {}, parameters),
  };
  const made = new Map<string, Made>();
  const scope = createScope(template, values, made);
  const { deployment, finish } = beginDeployment(cloud);
  try {
    for (const id of order)
      made.set(id, await makeResource(template, id, { scope, deployment, stackName }));
    await finish();
    return {
      outputs: outputsOf(template, scope, deployment),
      resources: resourcesOf(template, made),
      delete: () => takeBack(made),
    };
  } catch (error) {
    // Why it failed matters more than what could not be taken back.
    await takeBack(made).catch(() => {});
    throw error;
  }
}

/** Rules, conditions and mappings decide what is deployed: to pass over them would be a lie. */
function checkSections(template: Template): void {
  const simulated =
    /^(AWSTemplateFormatVersion|Description|Metadata|Parameters|Resources|Outputs)$/;
  const other = Object.keys(template).find((section) => !simulated.test(section));
  if (other !== undefined) throw new CannotDeploy(`The section ${other} is not simulated.`);
  const [misshapen] = misshapenParts(template);
  if (misshapen !== undefined) throw new CannotDeploy(`Template format error: ${misshapen}`);
}

function createScope(
  { Resources = {} }: Template,
  values: Readonly<Record<string, unknown>>,
  made: ReadonlyMap<string, Made>,
): Scope {
  return {
    ref: (name) => made.get(name)?.ref ?? values[name],
    attribute(resource, name) {
      const found = made.get(resource)?.attributes?.[name];
      if (found !== undefined) return found;
      throw new CannotDeploy(
        `Template error: resource ${resource} does not support attribute type ${name} in Fn::GetAtt` +
          ` (${Resources[resource]?.Type})`,
      );
    },
  };
}

function beginDeployment(cloud: LocalCloud) {
  const steps: (() => unknown)[] = [];
  const deployment: Deployment = {
    cloud,
    invokeUrls: new Map(),
    timeouts: new Map(),
    planKeys: new Map(),
    atEnd: (step) => steps.push(step),
  };
  const finish = async () => {
    for (const step of steps) await step();
  };
  return { deployment, finish };
}

interface Making {
  readonly scope: Scope;
  readonly deployment: Deployment;
  readonly stackName: string;
}

async function makeResource(
  { Resources = {} }: Template,
  logicalId: string,
  { scope, deployment, stackName }: Making,
): Promise<Made> {
  const { Type: type = '', Properties = {} } = Resources[logicalId] ?? {};
  try {
    const properties = resolve(Properties, scope);
    return await kindOf(type).make(
      {
        ...{ logicalId, type },
        // AWS adds a few random letters: here a stack is deployed once.
        defaultName: `${stackName}-${logicalId}`,
        properties: isMap(properties) ? properties : {},
      },
      deployment,
    );
  } catch (error) {
    const { message } = error as Error;
    throw new CannotDeploy(`${logicalId} CREATE_FAILED: ${message}`, { cause: error });
  }
}

function outputsOf(
  { Outputs = {} }: Template,
  scope: Scope,
  { invokeUrls }: Deployment,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Outputs).map(([name, { Value }]) => [
      name,
      localUrl(String(resolve(Value, scope)), invokeUrls),
    ]),
  );
}

/** AWS gives every API a host of its own; here it is a path. */
function localUrl(text: string, invokeUrls: ReadonlyMap<string, string>): string {
  const [url = '', id, stage] = /^https:\/\/(\w+)\.execute-api\.[^/]+\/([\w-]+)/.exec(text) ?? [];
  const local = invokeUrls.get(`${id}/${stage}`);
  return local === undefined ? text : local + text.slice(url.length);
}

function resourcesOf(
  { Resources = {} }: Template,
  made: ReadonlyMap<string, Made>,
): StackResource[] {
  return [...made].map(([logicalId, { ref }]) => ({
    logicalId,
    type: Resources[logicalId]?.Type ?? '',
    physicalId: ref,
  }));
}

async function takeBack(made: Map<string, Made>): Promise<void> {
  for (const [logicalId, { remove }] of [...made].reverse()) {
    made.delete(logicalId);
    await remove?.();
  }
}
