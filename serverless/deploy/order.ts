// deploy/order.ts: the resources of a template, each after those that it refers to.
// Called by deploy.ts; the sentences are CloudFormation's.
import { isPseudoParameter } from './pseudo-parameters.ts';
import { allReferences, type Reference, referencesOfResource } from './references.ts';
import { CannotDeploy, type Template } from './template.ts';

/** @throws CannotDeploy when a reference of any kind, or of an output, leads nowhere */
export function checkReferences(template: Template): void {
  const { Parameters = {}, Resources = {} } = template;
  const isDangling = ({ kind, to }: Reference) => {
    if (Object.hasOwn(Resources, to)) return false;
    return !(kind === 'Ref' && (Object.hasOwn(Parameters, to) || isPseudoParameter(to)));
  };
  const dangling = allReferences(template).filter(isDangling);
  if (dangling.length === 0) return;
  const inOutputs = dangling.every(({ at }) => at.startsWith('Outputs.'));
  const names = [...new Set(dangling.map(({ to }) => to))].join(', ');
  throw new CannotDeploy(
    `Template format error: Unresolved resource dependencies [${names}] in the ` +
      `${inOutputs ? 'Outputs' : 'Resources'} block of the template`,
  );
}

/**
 * @returns logical ids, in the template's order where nothing else is asked for
 * @throws CannotDeploy naming the resources that wait for one another
 */
export function inOrder({ Resources = {} }: Template): string[] {
  const ordered: string[] = [];
  const begun: string[] = [];

  function visit(id: string): void {
    const resource = Resources[id];
    if (resource === undefined || ordered.includes(id)) return;
    if (begun.includes(id)) {
      const circle = begun.slice(begun.indexOf(id)).join(', ');
      throw new CannotDeploy(`Circular dependency between resources: [${circle}]`);
    }
    begun.push(id);
    for (const { to } of referencesOfResource(id, resource)) visit(to);
    begun.pop();
    ordered.push(id);
  }

  for (const id of Object.keys(Resources)) visit(id);
  return ordered;
}
