// deploy/kinds/accepted.ts: what AWS needs and this cloud does not: roles, policies, permissions, logs.
// In the table of kinds.ts. Simulated: nothing here allows or forbids anything.
import { accountId, region } from '../../lambda/arn.ts';
import { type Kind, type Kinds, optionalText } from '../resource.ts';

const iam = (what: string, name: string) => `arn:aws:iam::${accountId}:${what}/${name}`;

export const acceptedKinds: Kinds = {
  'AWS::IAM::Role': named('RoleName', (name) => ({
    ref: name,
    attributes: { Arn: iam('role', name), RoleId: name },
  })),
  'AWS::IAM::ManagedPolicy': named('ManagedPolicyName', (name) => ({
    ref: iam('policy', name),
    attributes: { PolicyArn: iam('policy', name) },
  })),
  'AWS::IAM::Policy': named('PolicyName', (name) => ({ ref: name })),
  'AWS::Lambda::Permission': named('Id', (name) => ({ ref: name })),
  'AWS::SQS::QueuePolicy': named('Id', (name) => ({ ref: name })),
  'AWS::Logs::LogGroup': named('LogGroupName', (name) => ({
    ref: name,
    attributes: { Arn: `arn:aws:logs:${region}:${accountId}:log-group:${name}:*` },
  })),
};

type MadeFrom = (name: string) => Awaited<ReturnType<Kind['make']>>;

function named(property: string, made: MadeFrom): Kind {
  return {
    takes: ['*'],
    make: (resource) => made(optionalText(resource, property) ?? resource.defaultName),
  };
}
