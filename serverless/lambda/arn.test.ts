// lambda/arn.test.ts: the forms in which AWS lets a function be named, and some it does not.
import { expect, test } from 'vitest';
import { parseFunctionName } from './arn.ts';

test.each([
  ['tea', { name: 'tea' }],
  ['tea:3', { name: 'tea', qualifier: '3' }],
  ['tea:$LATEST', { name: 'tea', qualifier: '$LATEST' }],
  ['123456789012:function:tea', { name: 'tea' }],
  ['us-east-1:123456789012:function:tea', { name: 'tea' }],
  ['arn:aws:lambda:us-east-1:123456789012:function:tea:3', { name: 'tea', qualifier: '3' }],
])('%s', (text, parsed) => {
  expect(parseFunctionName(text)).toEqual(parsed);
});

test.each(['', 'green tea', 'tea:', 'arn:aws:sqs:us-east-1:123456789012:tea', 'x'.repeat(65)])(
  '"%s" is refused',
  (text) => {
    expect(() => parseFunctionName(text)).toThrow(/no name and no ARN/);
  },
);
