// deploy/lint-sections.ts: the frame of a template: sections, logical ids, parameters, outputs.
// Called by lint.ts.
import { allReferences } from './references.ts';
import { isMap, type Template } from './template.ts';

const sections = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
]);
const resourceKeys = new Set([
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
]);
const named = ['Conditions', 'Outputs', 'Parameters', 'Resources'] as const;
const parameterType = /^(String|Number|List<Number>|CommaDelimitedList|(List<)?AWS::[\w:<>]+)$/;

/** `isMisshapen` when a section or a resource is no map: nothing more can be said then. */
export function lintSections(template: Template): {
  readonly complaints: string[];
  readonly isMisshapen: boolean;
} {
  const misshapen = misshapenParts(template);
  if (misshapen.length > 0) return { complaints: misshapen, isMisshapen: true };
  const complaints = [
    ...unknownKeys(template, sections, 'The template', 'section'),
    ...named.flatMap((name) => badIds(Object.keys((template[name] ?? {}) as object))),
    ...Object.entries(template.Resources ?? {}).flatMap(([id, resource]) =>
      unknownKeys(resource, resourceKeys, id, 'attribute'),
    ),
    ...lintParameters(template),
    ...Object.entries(template.Outputs ?? {}).flatMap(([name, { Value }]) =>
      Value === undefined ? [`The output ${name} wants a Value.`] : [],
    ),
  ];
  return { complaints, isMisshapen: false };
}

/** A section or a part of one that is no map, or has no Type. */
export function misshapenParts(template: Template): string[] {
  return named.flatMap((name) => {
    const section = template[name];
    if (section === undefined) return [];
    if (!isMap(section)) return [`The section ${name} must be a map.`];
    if (name === 'Conditions') return [];
    return Object.entries(section).flatMap(([id, entry]) => {
      if (!isMap(entry)) return [`${id} in ${name} must be a map.`];
      const wantsType = name !== 'Outputs' && typeof entry.Type !== 'string';
      if (wantsType) return [`${id} in ${name} wants a Type.`];
      const { Properties = {} } = entry;
      return isMap(Properties) ? [] : [`The Properties of ${id} must be a map.`];
    });
  });
}

function unknownKeys(value: object, known: Set<string>, owner: string, word: string): string[] {
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => `${owner} has the ${word} ${key}, which does not exist.`);
}

function badIds(ids: readonly string[]): string[] {
  return ids
    .filter((id) => !/^[A-Za-z0-9]{1,255}$/.test(id))
    .map((id) => `${id} is no logical id: letters and digits only.`);
}

function lintParameters(template: Template): string[] {
  const used = new Set(allReferences(template).map(({ to }) => to));
  return Object.entries(template.Parameters ?? {}).flatMap(([name, { Type }]) => [
    ...(parameterType.test(Type) ? [] : [`The parameter ${name} has the unknown type ${Type}.`]),
    ...(used.has(name) ? [] : [`Nothing uses the parameter ${name}.`]),
  ]);
}
