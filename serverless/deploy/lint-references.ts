// deploy/lint-references.ts: Ref, GetAtt, Sub, If and DependsOn that lead nowhere.
// Called by lint.ts.
import { isPseudoParameter } from './pseudo-parameters.ts';
import { allReferences, type Reference } from './references.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Template } from './template.ts';

export function lintReferences(template: Template, types: ResourceTypes): string[] {
  const has = (section: unknown, name: string) => Object.hasOwn((section ?? {}) as object, name);
  const isResource = (name: string) => has(template.Resources, name);

  function complaintAbout({ kind, to, attribute, at }: Reference): string | undefined {
    switch (kind) {
      case 'Ref':
        return isResource(to) || has(template.Parameters, to) || isPseudoParameter(to)
          ? undefined
          : `${at} refers to ${to}, which is no parameter and no resource.`;
      case 'DependsOn':
        return isResource(to) ? undefined : `${at} depends on ${to}, which is no resource.`;
      case 'Condition':
        return has(template.Conditions, to)
          ? undefined
          : `${at} has the condition ${to}, which does not exist.`;
      case 'GetAtt':
        if (!isResource(to)) return `${at} asks for ${to}.${attribute}: ${to} is no resource.`;
        return unknownAttribute(to, attribute, at);
    }
  }

  function unknownAttribute(to: string, attribute: string | undefined, at: string) {
    const type = template.Resources?.[to]?.Type ?? '';
    const known = types.find(type);
    if (known === undefined || attribute === undefined) return undefined;
    return known.attributes.has(attribute)
      ? undefined
      : `${at} asks for ${to}.${attribute}: ${type} has no attribute ${attribute}.`;
  }

  return allReferences(template).flatMap((reference) => complaintAbout(reference) ?? []);
}
