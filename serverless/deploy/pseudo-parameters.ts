// deploy/pseudo-parameters.ts: what every template may refer to without declaring it.
// Called by lint-references.ts, and by deploy.ts with the values of this cloud.
import { accountId, region } from '../lambda/arn.ts';

export function isPseudoParameter(name: string): boolean {
  return Object.hasOwn(pseudoParameters(''), name);
}

export function pseudoParameters(stackName: string): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': accountId,
    // What refers to it is left out.
    'AWS::NoValue': undefined,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}
