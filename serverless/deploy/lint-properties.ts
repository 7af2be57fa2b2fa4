// deploy/lint-properties.ts: resources against AWS's specification: types, properties, values.
// Called by lint.ts.
import type { Property, PropertyType } from '@aws-cdk/service-spec-types';
import { intrinsicOf } from './references.ts';
import type { Properties, ResourceTypes } from './resource-types.ts';
import { isMap, type Template } from './template.ts';

export function lintProperties({ Resources = {} }: Template, types: ResourceTypes): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const known = types.find(Type);
    if (known === undefined) return [`${id} has the unknown type ${Type}.`];
    return createChecker(types).checkMap(Properties, known.properties, { at: id, owner: Type });
  });
}

interface Place {
  /** Where the value stands. */
  readonly at: string;
  /** The type that it is part of. */
  readonly owner: string;
}

function createChecker(types: ResourceTypes) {
  function checkMap(
    value: Readonly<Record<string, unknown>>,
    known: Properties,
    place: Place,
  ): string[] {
    const { at, owner } = place;
    const missing = Object.entries(known)
      .filter(([name, { required }]) => required === true && isLeftOut(value[name]))
      .map(([name]) => `${at} wants the property ${name} of ${owner}.`);
    const wrong = Object.entries(value).flatMap(([name, inner]) => {
      const property = Object.hasOwn(known, name) ? known[name] : undefined;
      if (property === undefined)
        return [`${at} has the property ${name}, which ${owner} has not.`];
      return checkAny(typesOf(property), inner, { at: `${at}.${name}`, owner });
    });
    return [...missing, ...wrong];
  }

  /** Of several types the value may have any: what is said is about the one that it fits best. */
  function checkAny(wanted: readonly PropertyType[], value: unknown, place: Place): string[] {
    const tries = wanted.map((type) => checkValue(type, value, place));
    const [best = []] = tries.sort((one, other) => one.length - other.length);
    return best;
  }

  function checkValue(type: PropertyType, value: unknown, place: Place): string[] {
    const intrinsic = intrinsicOf(value);
    if (intrinsic !== undefined) return checkIntrinsic(type, intrinsic, place);
    switch (type.type) {
      case 'array':
        if (!Array.isArray(value)) return [wants('a list', place)];
        return value.flatMap((item, index) =>
          checkValue(type.element, item, { ...place, at: `${place.at}.${index}` }),
        );
      case 'map':
        if (!isMap(value)) return [wants('a map', place)];
        return Object.entries(value).flatMap(([key, item]) =>
          checkValue(type.element, item, { ...place, at: `${place.at}.${key}` }),
        );
      case 'ref': {
        if (!isMap(value)) return [wants('a map', place)];
        const { name, properties } = types.definition(type);
        return checkMap(value, properties, { at: place.at, owner: name });
      }
      case 'union':
        return checkAny(type.types, value, place);
      default:
        return checkScalar(type.type, value, place);
    }
  }

  /** What comes of a function is known only roughly: one value, or a list of them. */
  function checkIntrinsic(type: PropertyType, [name, argument]: [string, unknown], place: Place) {
    if (name === 'Fn::If' && Array.isArray(argument))
      return argument.slice(1).flatMap((branch) => checkValue(type, branch, place));
    const isText = ['Fn::Sub', 'Fn::Join', 'Fn::Base64'].includes(name);
    const isList = ['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr'].includes(name);
    const wantsMany = ['array', 'map', 'ref', 'tag'].includes(type.type);
    if (isText && wantsMany) return [wants(`more than the text of ${name}`, place)];
    if (isList && type.type in scalars) return [wants(`one value, not the list of ${name}`, place)];
    return [];
  }

  return { checkMap };
}

const isLeftOut = (value: unknown) => {
  const [name, argument] = intrinsicOf(value) ?? [];
  return value === undefined || (name === 'Ref' && argument === 'AWS::NoValue');
};

const typesOf = ({ type, previousTypes = [] }: Property) => [type, ...previousTypes];

const wants = (what: string, { at, owner }: Place) =>
  `${at} is wrong: ${owner} wants ${what} there.`;

/** CloudFormation takes a text for a number and the other way round. */
const scalars: Readonly<Record<string, { what: string; fits: (value: unknown) => boolean }>> = {
  string: {
    what: 'a text',
    fits: (value) => ['string', 'number', 'boolean'].includes(typeof value),
  },
  'date-time': { what: 'a text', fits: (value) => typeof value === 'string' },
  integer: {
    what: 'a whole number',
    fits: (value) => isNumeric(value) && Number.isInteger(Number(value)),
  },
  number: { what: 'a number', fits: (value) => isNumeric(value) },
  boolean: { what: 'true or false', fits: (value) => ['true', 'false'].includes(String(value)) },
  json: {
    what: 'a map',
    fits: (value) => isMap(value) || Array.isArray(value) || typeof value === 'string',
  },
  tag: {
    what: 'a Key and a Value',
    fits: (value) => isMap(value) && 'Key' in value && 'Value' in value,
  },
};

function isNumeric(value: unknown): boolean {
  const isText = typeof value === 'string' && value.trim() !== '';
  return (isText || typeof value === 'number') && Number.isFinite(Number(value));
}

function checkScalar(type: string, value: unknown, place: Place): string[] {
  const scalar = scalars[type];
  return scalar === undefined || scalar.fits(value) ? [] : [wants(scalar.what, place)];
}
