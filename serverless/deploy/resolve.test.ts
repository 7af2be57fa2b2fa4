// deploy/resolve.test.ts: CloudFormation's functions, as its documentation works them out.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation fills them in.
import { expect, test } from 'vitest';
import { resolve, type Scope } from './resolve.ts';
import { parseTemplate } from './template.ts';

const values: Record<string, unknown> = {
  Name: 'orders',
  Zones: ['a', 'b'],
  'AWS::Region': 'us-east-1',
};
const scope: Scope = {
  ref: (name) => values[name],
  attribute: (resource, name) => `${resource}'s ${name}`,
};
/** The value as YAML, after resolving. */
const worked = (yaml: string) =>
  resolve(parseTemplate(`Resources: { A: 1 }\nValue: ${yaml}`).Value, scope);

const cases: [yaml: string, value: unknown][] = [
  ['!Ref Name', 'orders'],
  ['{ Ref: Name }', 'orders'],
  ['!GetAtt Queue.Arn', "Queue's Arn"],
  ['!GetAtt Database.Endpoint.Port', "Database's Endpoint.Port"],
  ['!GetAtt [Queue, Arn]', "Queue's Arn"],
  ['{ Fn::GetAtt: Queue.Arn }', "Queue's Arn"],
  ["!Sub '${Name} in ${AWS::Region} by ${Queue.Arn}'", "orders in us-east-1 by Queue's Arn"],
  ["!Sub '${!Name} is ${Name}'", '${Name} is orders'],
  ["!Sub ['${Own} of ${Name}', { Own: !Ref AWS::Region }]", 'us-east-1 of orders'],
  ["!Join ['-', [a, !Ref Name, 1]]", 'a-orders-1'],
  ["!Split [',', 'a,b']", ['a', 'b']],
  ["!Select [1, !Split [',', 'a,b']]", 'b'],
  ["!Select ['0', !Ref Zones]", 'a'],
  ["!Join [orders, !Split ['{service}', 'file:/{service}.db']]", 'file:/orders.db'],
  ['{ Kept: 1, Gone: !Ref AWS::NoValue }', { Kept: 1 }],
  ['[1, !Ref AWS::NoValue]', [1]],
  ["{ Condition: { StringEquals: { a: 'b' } } }", { Condition: { StringEquals: { a: 'b' } } }],
  // YAML 1.1 has more words for true than 1.2; its dates are texts to CloudFormation.
  ['on', true],
  ['2012-10-17', '2012-10-17'],
];

test.each(cases)('%s', (yaml, value) => {
  expect(worked(yaml)).toEqual(value);
});

test.each([
  ['!Join [a]', 'Fn::Join'],
  ['!Split [a, [b]]', 'Fn::Split'],
  ["!Select [2, ['a', 'b']]", 'no item at index 2'],
  ["!Sub '${Zones}'", 'Fn::Sub'],
  ['!FindInMap [a, b, c]', 'Fn::FindInMap is not simulated.'],
])('%s is refused', (yaml, sentence) => {
  expect(() => worked(yaml)).toThrow(sentence);
});
