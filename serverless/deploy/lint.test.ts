// deploy/lint.test.ts: the shop's template has no fault, and faults that are planted are found.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation fills them in.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint } from './lint.ts';

const template = readFileSync(new URL('../template.yaml', import.meta.url), 'utf8');

test("the shop's template has no fault", () => {
  expect(lint(template)).toEqual([]);
});

/** From its name to the next one, with what stands above it. */
const without = (logicalId: string) => new RegExp(`^  ${logicalId}:\\n(    .*\\n)+`, 'm');

const faults: [name: string, what: string | RegExp, instead: string, sentence: string][] = [
  [
    'a type that does not exist',
    'NotificationsDeadQueue:\n    Type: AWS::SQS::Queue',
    'NotificationsDeadQueue:\n    Type: AWS::SQS::Queu',
    'NotificationsDeadQueue has the unknown type AWS::SQS::Queu.',
  ],
  [
    'a property that does not exist',
    'MemorySize: 512',
    'MemorySise: 512',
    'CatalogFunction has the property MemorySise, which AWS::Lambda::Function has not.',
  ],
  [
    'a property further inside that does not exist',
    'S3Key: !Sub',
    'S3Kee: !Sub',
    'CatalogFunction.Code has the property S3Kee, which Code has not.',
  ],
  [
    'a property that is missing',
    /^ +RestApiId: !Ref ShopApi\n/m,
    '      Description: of nothing\n',
    'wants the property RestApiId of AWS::ApiGateway::Deployment.',
  ],
  [
    'a text in the place of a number',
    'Timeout: 20',
    'Timeout: soon',
    'CatalogFunction.Timeout is wrong: AWS::Lambda::Function wants a whole number there.',
  ],
  [
    'one value in the place of a list',
    'Architectures: [x86_64]',
    'Architectures: x86_64',
    'CatalogFunction.Architectures is wrong: AWS::Lambda::Function wants a list there.',
  ],
  [
    'a list of a function in the place of one value',
    'S3Bucket: !Ref CodeBucket',
    "S3Bucket: !Split ['/', !Ref CodeBucket]",
    'CatalogFunction.Code.S3Bucket is wrong: Code wants one value, not the list of Fn::Split there.',
  ],
  [
    'a Ref that leads nowhere',
    'FunctionName: !Ref NotificationsEventsFunction',
    'FunctionName: !Ref NotificationsEvents',
    'NotificationsMapping.FunctionName refers to NotificationsEvents, which is no parameter',
  ],
  [
    'a GetAtt that leads nowhere',
    'Role: !GetAtt OrdersRole.Arn',
    'Role: !GetAtt OrderRole.Arn',
    'OrdersFunction.Role asks for OrderRole.Arn: OrderRole is no resource.',
  ],
  [
    'an attribute that the type does not have',
    'EventSourceArn: !GetAtt ReportsQueue.Arn',
    'EventSourceArn: !GetAtt ReportsQueue.QueueArn',
    'ReportsMapping.EventSourceArn asks for ReportsQueue.QueueArn: AWS::SQS::Queue has no',
  ],
  [
    'a place in a Sub that leads nowhere',
    '/${ShopStage}',
    '/${Stage}',
    'Outputs.InvokeUrl.Value refers to Stage, which is no parameter and no resource.',
  ],
  [
    'a DependsOn that leads nowhere',
    'ShopStage:\n',
    'ShopStage:\n    DependsOn: [ShopApi, ShopLog]\n',
    'ShopStage depends on ShopLog, which is no resource.',
  ],
  [
    'a condition that does not exist',
    'ShopStage:\n',
    'ShopStage:\n    Condition: IsLive\n',
    'ShopStage has the condition IsLive, which does not exist.',
  ],
  [
    'an attribute of a resource that does not exist',
    'ShopStage:\n',
    'ShopStage:\n    DependOn: ShopApi\n',
    'ShopStage has the attribute DependOn, which does not exist.',
  ],
  [
    'a logical id with other signs than letters and digits',
    'Outputs:\n',
    'Outputs:\n  Api_Id:\n    Value: !Ref ShopApi\n',
    'Api_Id is no logical id: letters and digits only.',
  ],
  [
    'a parameter that nothing uses',
    'Parameters:\n',
    'Parameters:\n  Region:\n    Type: String\n',
    'Nothing uses the parameter Region.',
  ],
  [
    'a message that comes back while its function works on it',
    'VisibilityTimeout: 120',
    'VisibilityTimeout: 10',
    'NotificationsMapping: NotificationsQueue hides a message for 10 s, and ' +
      'NotificationsEventsFunction may work on it for 20 s.',
  ],
  [
    'a function that the API may not call',
    without('CatalogPermission'),
    '',
    'ShopApi calls CatalogFunction: no AWS::Lambda::Permission allows apigateway.amazonaws.com to.',
  ],
  [
    'a function that the schedule may not call',
    without('DeliverPermission'),
    '',
    'DeliverSchedule calls OrdersDeliverFunction: no AWS::Lambda::Permission allows events.amazonaws.com',
  ],
  [
    'a section that does not exist',
    'Outputs:\n',
    'Output: {}\nOutputs:\n',
    'The template has the section Output, which does not exist.',
  ],
  [
    'an alias, which CloudFormation does not follow',
    'Description: The shop',
    'Metadata: [&one 1, *one]\nDescription: The shop',
    'YAML aliases are not allowed in CloudFormation templates',
  ],
  [
    'a key that is there twice',
    'Outputs:\n',
    'Outputs:\n  InvokeUrl:\n    Value: here\n',
    'YAML not well-formed: Map keys must be unique',
  ],
];

test.each(faults)('%s is one sentence', (_, what, instead, sentence) => {
  // A function, for `$` means something in a text that replaces another.
  const broken = template.replace(what, () => instead);
  expect(broken).not.toBe(template);
  expect(lint(broken)).toEqual([expect.stringContaining(sentence)]);
});

test('what is no template is said in one sentence', () => {
  for (const [text, sentence] of [
    ['- a list', 'the template is no map of sections'],
    ['Outputs: {}', 'At least one Resources member must be defined.'],
    ['Resources: { Queue: AWS::SQS::Queue }', 'Queue in Resources must be a map.'],
    ['Resources: { Queue: { Properties: {} } }', 'Queue in Resources wants a Type.'],
    ['Resources: { Queue: [', 'YAML not well-formed'],
  ] as const)
    expect(lint(text)).toEqual([expect.stringContaining(sentence)]);
});
