// deploy/kinds.ts: the one table of the resource types that can be deployed here.
// Called by deploy.ts.
import { acceptedKinds } from './kinds/accepted.ts';
import { apiGatewayKinds } from './kinds/api-gateway.ts';
import { eventsKinds } from './kinds/events.ts';
import { lambdaKinds } from './kinds/lambda.ts';
import { sqsKinds } from './kinds/sqs.ts';
import { usagePlanKinds } from './kinds/usage-plans.ts';
import type { Kind, Kinds } from './resource.ts';
import { CannotDeploy, type Template } from './template.ts';

const kinds: Kinds = {
  ...sqsKinds,
  ...lambdaKinds,
  ...apiGatewayKinds,
  ...usagePlanKinds,
  ...eventsKinds,
  ...acceptedKinds,
};

/** @throws CannotDeploy for a type that is not in the table */
export function kindOf(type: string): Kind {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind !== undefined) return kind;
  throw new CannotDeploy(`${type} is not simulated.`);
}

/**
 * What is left out here would be missed later, as in an experiment: better to say so before.
 * @throws CannotDeploy for the first type, and the first property, that this cloud does not have
 */
export function checkKinds({ Resources = {} }: Template): void {
  for (const [id, { Type, Properties = {} }] of Object.entries(Resources)) {
    const { takes } = kindOf(Type);
    const unknown = Object.keys(Properties).find(
      (name) => !takes.includes(name) && !takes.includes('*'),
    );
    if (unknown !== undefined)
      throw new CannotDeploy(`${unknown} of ${Type} is not simulated: ${id} has it.`);
  }
}
