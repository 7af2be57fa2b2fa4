// deploy/resolve.ts: a value of a template with its intrinsic functions worked out.
// Called by deploy.ts for the properties of each resource, and for the outputs.
import { intrinsicOf } from './references.ts';
import { atFirstDot } from './short-tags.ts';
import { CannotDeploy, isMap } from './template.ts';

export interface Scope {
  /** Of a parameter, a pseudo parameter or a resource that is made; undefined for AWS::NoValue. */
  ref(name: string): unknown;
  /** @throws CannotDeploy for an attribute that the resource does not have */
  attribute(resource: string, name: string): unknown;
}

/**
 * What comes out undefined is left out of its map or list.
 * @throws CannotDeploy for a function that is not simulated, or is given what it cannot take
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  const intrinsic = intrinsicOf(value);
  if (intrinsic !== undefined) return workOut(...intrinsic, scope);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner, scope)]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

function workOut(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Ref':
      return scope.ref(String(argument));
    case 'Fn::GetAtt':
      return attributeOf(argument, scope);
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Join': {
      const [separator, parts] = listOf(name, argument, scope);
      if (typeof separator !== 'string' || !Array.isArray(parts)) throw misused(name);
      return parts.map((part) => textOf(name, part)).join(separator);
    }
    case 'Fn::Split': {
      const [separator, text] = listOf(name, argument, scope);
      if (typeof separator !== 'string' || typeof text !== 'string') throw misused(name);
      return text.split(separator);
    }
    case 'Fn::Select': {
      const [index, items] = listOf(name, argument, scope);
      const item: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
      if (item !== undefined) return item;
      throw new CannotDeploy(`Template error: Fn::Select has no item at index ${String(index)}`);
    }
    default:
      throw new CannotDeploy(`${name} is not simulated.`);
  }
}

function attributeOf(argument: unknown, scope: Scope): unknown {
  const [resource, attribute] =
    typeof argument === 'string'
      ? atFirstDot(argument)
      : listOf('Fn::GetAtt', argument, scope).map((part) => textOf('Fn::GetAtt', part));
  return scope.attribute(resource ?? '', attribute ?? '');
}

/** The names of the map that Sub may be given come before those of the template. */
function substitute(argument: unknown, scope: Scope): string {
  const [text, own = {}] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string' || !isMap(own)) throw misused('Fn::Sub');
  const lookUp = (name: string) => {
    if (Object.hasOwn(own, name)) return resolve(own[name], scope);
    const [to, attribute] = atFirstDot(name);
    return attribute === '' ? scope.ref(to) : scope.attribute(to, attribute);
  };
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) =>
    literal === '' ? textOf('Fn::Sub', lookUp(name.trim())) : `\${${name}}`,
  );
}

function listOf(name: string, argument: unknown, scope: Scope): unknown[] {
  const list = resolve(argument, scope);
  if (Array.isArray(list)) return list;
  throw misused(name);
}

function textOf(name: string, value: unknown): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw misused(name);
}

const misused = (name: string) =>
  new CannotDeploy(`Template error: ${name} is given what it does not take.`);
