// deploy/short-tags.ts: CloudFormation's short forms, `!Ref X`, as the long ones, `{ Ref: X }`.
// Given to the YAML parser by template.ts.
import { type CollectionTag, Pair, type ScalarTag, YAMLMap, type YAMLSeq } from 'yaml';

const withoutPrefix = ['Ref', 'Condition'];
const withPrefix = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'Transform',
];

export const shortTags: (ScalarTag | CollectionTag)[] = [
  ...withoutPrefix.flatMap((name) => tagsOf(`!${name}`, name)),
  ...withPrefix.flatMap((name) => tagsOf(`!${name}`, `Fn::${name}`)),
];

/** A tag stands before a text, a list or a map; the parser wants a definition for each. */
function tagsOf(tag: string, long: string): (ScalarTag | CollectionTag)[] {
  const wrap = (inner: YAMLMap | YAMLSeq) => {
    const outer = new YAMLMap();
    outer.items.push(new Pair(long, inner));
    return outer;
  };
  return [
    { tag, resolve: (text) => ({ [long]: long === 'Fn::GetAtt' ? atFirstDot(text) : text }) },
    { tag, collection: 'seq', resolve: (list) => wrap(list as YAMLSeq) },
    { tag, collection: 'map', resolve: (map) => wrap(map as YAMLMap) },
  ];
}

/** `Queue.Arn`; the name of an attribute may have more dots. */
export function atFirstDot(text: string): [resource: string, attribute: string] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}
