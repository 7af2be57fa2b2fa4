// deploy/template.ts: a CloudFormation template as plain objects, short tags and all.
// Called by lint.ts, deploy.ts and write-template.ts.
import { parseDocument, type Tags, visit } from 'yaml';
import { shortTags } from './short-tags.ts';

export interface Template {
  readonly Parameters?: Readonly<Record<string, ParameterDeclaration>>;
  readonly Resources?: Readonly<Record<string, ResourceDeclaration>>;
  readonly Outputs?: Readonly<Record<string, OutputDeclaration>>;
  readonly [section: string]: unknown;
}

/** Numbers may be texts: CloudFormation takes either. */
export interface ParameterDeclaration {
  readonly Type: string;
  readonly Default?: string | number;
  readonly AllowedValues?: readonly (string | number)[];
  /** Of the whole value. */
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinLength?: string | number;
  readonly MaxLength?: string | number;
  readonly MinValue?: string | number;
  readonly MaxValue?: string | number;
}

export interface OutputDeclaration {
  readonly Value?: unknown;
  readonly Condition?: unknown;
}

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly [attribute: string]: unknown;
}

/** A template that is not deployed; nothing was made, or what was made is gone again. */
export class CannotDeploy extends Error {
  override readonly name = 'CannotDeploy';
}

/**
 * Reads YAML 1.1 as CloudFormation does, where `on` is true; JSON is YAML as well.
 * @throws CannotDeploy for a text that is no template
 */
export function parseTemplate(text: string): Template {
  const document = parseDocument(text, {
    version: '1.1',
    merge: false,
    resolveKnownTags: false,
    customTags: cloudFormationTags,
  });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined)
    throw new CannotDeploy(`Template format error: YAML not well-formed: ${error.message}`);
  visit(document, {
    Alias() {
      throw new CannotDeploy(
        'Template format error: YAML aliases are not allowed in CloudFormation templates',
      );
    },
  });
  const template: unknown = document.toJS();
  if (!isMap(template))
    throw new CannotDeploy('Template format error: the template is no map of sections');
  if (!isMap(template.Resources) || Object.keys(template.Resources).length === 0)
    throw new CannotDeploy('Template format error: At least one Resources member must be defined.');
  return template as Template;
}

/** An object that is neither a list nor null. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** CloudFormation does not take what YAML 1.1 has beside texts, numbers, lists and maps. */
function cloudFormationTags(tags: Tags): Tags {
  const unwanted = /(binary|merge|omap|pairs|set|timestamp)$/;
  const wanted = tags.filter((tag) => typeof tag === 'string' || !unwanted.test(tag.tag));
  return [...wanted, ...shortTags];
}
