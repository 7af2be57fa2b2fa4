// deploy/references.ts: what a value of a template refers to: by Ref, GetAtt, Sub, If and DependsOn.
// Called by lint-references.ts and lint-wiring.ts, and by order.ts for what must be made first.
import { atFirstDot } from './short-tags.ts';
import { isMap, type ResourceDeclaration, type Template } from './template.ts';

export interface Reference {
  readonly kind: 'Ref' | 'GetAtt' | 'Condition' | 'DependsOn';
  readonly to: string;
  /** Of GetAtt; undefined when it is computed. */
  readonly attribute?: string | undefined;
  /** Where it stands, such as `OrdersFunction.Role`. */
  readonly at: string;
}

/** The name of an intrinsic function and what it is given; undefined for any other value. */
export function intrinsicOf(value: unknown): [name: string, argument: unknown] | undefined {
  if (!isMap(value)) return undefined;
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value);
  const isIntrinsic = name === 'Ref' || name.startsWith('Fn::');
  // A policy has a map under Condition; the function has the name of one.
  const isCondition = name === 'Condition' && typeof argument === 'string';
  return more.length === 0 && (isIntrinsic || isCondition) ? [name, argument] : undefined;
}

/** @param at begins the places */
export function referencesIn(value: unknown, at: string): Reference[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => referencesIn(item, `${at}.${index}`));
  const intrinsic = intrinsicOf(value);
  if (intrinsic !== undefined) return referencesOf(...intrinsic, at);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => referencesIn(inner, `${at}.${key}`));
}

/** Of a resource: what it needs to be there before it is made. */
export function referencesOfResource(
  logicalId: string,
  { Properties, DependsOn = [], Condition }: ResourceDeclaration,
): Reference[] {
  return [
    ...referencesIn(Properties, logicalId),
    ...[DependsOn].flat().map((to): Reference => ({ kind: 'DependsOn', to, at: logicalId })),
    ...conditionOf(Condition, logicalId),
  ];
}

/** Everything that the template refers to. */
export function allReferences({ Resources = {}, Outputs = {}, Conditions }: Template): Reference[] {
  return [
    ...Object.entries(Resources).flatMap(([id, resource]) => referencesOfResource(id, resource)),
    ...Object.entries(Outputs).flatMap(([name, output]) => [
      ...referencesIn(output, `Outputs.${name}`),
      ...conditionOf(output.Condition, `Outputs.${name}`),
    ]),
    ...referencesIn(Conditions, 'Conditions'),
  ];
}

/** `${Name}` and `${Name.Attribute}` in a text for Sub; `${!Name}` is no reference. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.trim());
}

function conditionOf(condition: unknown, at: string): Reference[] {
  return typeof condition === 'string' ? [{ kind: 'Condition', to: condition, at }] : [];
}

function referencesOf(name: string, argument: unknown, at: string): Reference[] {
  switch (name) {
    case 'Ref':
      return [{ kind: 'Ref', to: String(argument), at }];
    case 'Condition':
      return conditionOf(argument, at);
    case 'Fn::GetAtt':
      return attributeReference(argument, at);
    case 'Fn::Sub':
      return substitutions(argument, at);
    case 'Fn::If':
      return [
        ...conditionOf(Array.isArray(argument) ? argument[0] : undefined, at),
        ...referencesIn(argument, at),
      ];
    default:
      return referencesIn(argument, at);
  }
}

function attributeReference(argument: unknown, at: string): Reference[] {
  const [to, attribute] =
    typeof argument === 'string' ? atFirstDot(argument) : Array.isArray(argument) ? argument : [''];
  return [
    {
      kind: 'GetAtt',
      to: String(to),
      attribute: typeof attribute === 'string' ? attribute : undefined,
      at,
    },
    ...referencesIn(attribute, at),
  ];
}

function substitutions(argument: unknown, at: string): Reference[] {
  const [text, own = {}] = Array.isArray(argument) ? argument : [argument];
  const names = placesIn(String(text)).filter((name) => !isMap(own) || !Object.hasOwn(own, name));
  return [
    ...names.map((name): Reference => {
      const [to, attribute] = atFirstDot(name);
      return attribute === '' ? { kind: 'Ref', to, at } : { kind: 'GetAtt', to, attribute, at };
    }),
    ...referencesIn(own, at),
  ];
}
