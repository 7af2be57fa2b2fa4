// deploy/refusals.test.ts: what cannot be deployed is one sentence, and leaves nothing behind.
import { expect, test } from 'vitest';
import { deploy } from './deploy.ts';
import { startTestCloud } from './test-kit.ts';

const queue = 'Resources: { Queue: { Type: AWS::SQS::Queue } }';

const templates: [name: string, template: string, sentence: string][] = [
  [
    'a type that this cloud does not have',
    'Resources: { Bucket: { Type: AWS::S3::Bucket } }',
    'AWS::S3::Bucket is not simulated.',
  ],
  [
    'a property that this cloud does not have',
    'Resources: { One: { Type: AWS::Lambda::Function, Properties: { Layers: [] } } }',
    'Layers of AWS::Lambda::Function is not simulated: One has it.',
  ],
  [
    'a section that this cloud does not have',
    `Conditions: {}\n${queue}`,
    'The section Conditions is not simulated.',
  ],
  [
    'a reference that leads nowhere',
    'Resources: { Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref Name } } }',
    'Template format error: Unresolved resource dependencies [Name] in the Resources block of ' +
      'the template',
  ],
  [
    'an output that leads nowhere',
    `${queue}\nOutputs: { Url: { Value: !GetAtt Queu.Arn } }`,
    'Template format error: Unresolved resource dependencies [Queu] in the Outputs block of ' +
      'the template',
  ],
  [
    'resources that wait for one another',
    'Resources:\n  A: { Type: AWS::SQS::Queue, DependsOn: B }\n  B: { Type: AWS::SQS::Queue, DependsOn: [A] }',
    'Circular dependency between resources: [A, B]',
  ],
  [
    'an attribute that a resource does not have',
    `${queue.slice(0, -1)}, Two: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt Queue.Name } } }`,
    'Two CREATE_FAILED: Template error: resource Queue does not support attribute type Name in ' +
      'Fn::GetAtt (AWS::SQS::Queue)',
  ],
  [
    'a function that this cloud does not have',
    `${queue.slice(0, -1)}, Two: { Type: AWS::SQS::Queue, Properties: { QueueName: !ImportValue x } } }`,
    'Two CREATE_FAILED: Fn::ImportValue is not simulated.',
  ],
  [
    'a rate that AWS does not take',
    'Resources: { Rule: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 minutes) } } }',
    'Rule CREATE_FAILED: Parameter ScheduleExpression is not valid.',
  ],
  [
    'what the service itself refuses',
    `${queue.slice(0, -1)}, Two: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 901 } } }`,
    'Two CREATE_FAILED: Invalid value for the parameter DelaySeconds.',
  ],
];

test.each(templates)('%s', async (_, template, sentence) => {
  const cloud = await startTestCloud();
  await expect(deploy(template, {}, cloud)).rejects.toThrow(sentence);
  expect(cloud.sqs.queues()).toEqual([]);
});

const declared = (declaration: string) => `Parameters: { Given: ${declaration} }\n${queue}`;

const values: [name: string, template: string, given: Record<string, string>, sentence: string][] =
  [
    [
      'a parameter without a value',
      declared('{ Type: String }'),
      {},
      'Parameters: [Given] must have values',
    ],
    [
      'a parameter that the template does not have',
      queue,
      { One: '1', Two: '2' },
      'Parameters: [One, Two] do not exist in the template',
    ],
    [
      'a value that is not among those allowed',
      declared("{ Type: String, AllowedValues: ['on', 'off'] }"),
      { Given: 'true' },
      "Parameter 'Given' must be one of AllowedValues",
    ],
    [
      'a value of another form',
      declared("{ Type: String, AllowedPattern: '[a-z]+' }"),
      { Given: 'a1' },
      "Parameter 'Given' must match pattern [a-z]+",
    ],
    [
      'a value that is refused in the words of the template',
      declared("{ Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: letters only }"),
      { Given: '1' },
      'Parameter Given failed to satisfy constraint: letters only',
    ],
    [
      'a text that is too short',
      declared('{ Type: String, MinLength: 20 }'),
      { Given: 'demo' },
      "Parameter 'Given' must contain at least 20 characters",
    ],
    [
      'no number',
      declared('{ Type: Number }'),
      { Given: 'ten' },
      "Parameter 'Given' must be a number",
    ],
    [
      'a number that is too small',
      declared('{ Type: Number, MinValue: 1 }'),
      { Given: '0' },
      "Parameter 'Given' must be a number not less than 1",
    ],
    [
      'a pattern that is none',
      declared("{ Type: String, AllowedPattern: '(' }"),
      { Given: 'a' },
      'The AllowedPattern ( is no regular expression.',
    ],
    [
      'a type of parameter that this cloud does not have',
      declared('{ Type: AWS::EC2::VPC::Id }'),
      { Given: 'vpc-1' },
      'the type AWS::EC2::VPC::Id is not simulated.',
    ],
  ];

test.each(values)('%s', async (_, template, given, sentence) => {
  const cloud = await startTestCloud();
  await expect(deploy(template, given, cloud)).rejects.toThrow(sentence);
  expect(cloud.sqs.queues()).toEqual([]);
});

test.each([
  ['Resources: { A: null }', 'A in Resources must be a map.'],
  ['Resources: { A: {} }', 'A in Resources wants a Type.'],
  [
    '{ Resources: { A: { Type: AWS::SQS::Queue } }, Outputs: { O: null } }',
    'O in Outputs must be a map.',
  ],
])('%s is refused by its shape', async (template, sentence) => {
  await expect(deploy(template, {}, await startTestCloud())).rejects.toThrow(sentence);
});
