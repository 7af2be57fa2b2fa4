// deploy/resource-types.ts: AWS's own specification of resource types: properties, types, attributes.
// Called by lint.ts; a dependency of development only.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { DefinitionReference, Property } from '@aws-cdk/service-spec-types';

export type Properties = Readonly<Record<string, Property>>;

export interface ResourceType {
  readonly properties: Properties;
  /** For GetAtt. */
  readonly attributes: ReadonlySet<string>;
}

export interface ResourceTypes {
  /** @returns undefined for a type that does not exist */
  find(type: string): ResourceType | undefined;
  /** What a property of a type of its own consists of. */
  definition(type: DefinitionReference): {
    readonly name: string;
    readonly properties: Properties;
  };
}

let loaded: ReturnType<typeof loadAwsServiceSpecSync> | undefined;

/** Takes about a second, once. */
export function loadResourceTypes(): ResourceTypes {
  loaded ??= loadAwsServiceSpecSync();
  const database = loaded;
  return {
    find(type) {
      const [found] = database.lookup('resource', 'cloudFormationType', 'equals', type);
      if (found === undefined) return undefined;
      return { properties: found.properties, attributes: new Set(Object.keys(found.attributes)) };
    },
    definition: ({ reference }) => database.get('typeDefinition', reference),
  };
}
