// deploy/lint.ts: what AWS would refuse in a template, or what would fail later; found without AWS.
// Called by write-template.ts and by lint.test.ts, which `npm run check` runs.
import { lintProperties } from './lint-properties.ts';
import { lintReferences } from './lint-references.ts';
import { lintSections } from './lint-sections.ts';
import { lintWiring } from './lint-wiring.ts';
import { loadResourceTypes, type ResourceTypes } from './resource-types.ts';
import { CannotDeploy, parseTemplate, type Template } from './template.ts';

/** @returns one sentence a fault */
export function lint(text: string, types: ResourceTypes = loadResourceTypes()): string[] {
  let template: Template;
  try {
    template = parseTemplate(text);
  } catch (error) {
    if (error instanceof CannotDeploy) return [error.message];
    throw error;
  }
  const sections = lintSections(template);
  // What has another shape than a template cannot be looked at more closely.
  if (sections.isMisshapen) return sections.complaints;
  return [
    ...sections.complaints,
    ...lintReferences(template, types),
    ...lintProperties(template, types),
    ...lintWiring(template),
  ];
}
