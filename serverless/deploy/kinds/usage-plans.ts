// deploy/kinds/usage-plans.ts: API keys, and how much each of them may do.
// In the table of kinds.ts.
import type { UsagePlan } from '../cloud.ts';
import {
  type Kinds,
  optionalFlag,
  optionalNumber,
  optionalText,
  part,
  parts,
  type Resource,
  text,
} from '../resource.ts';
import { CannotDeploy } from '../template.ts';
import { throttleOf } from './api-gateway.ts';

export const usagePlanKinds: Kinds = {
  'AWS::ApiGateway::ApiKey': {
    takes: ['Description', 'Enabled', 'Name', 'Tags', 'Value'],
    make(resource, { cloud }) {
      const { id } = cloud.apiGateway.createApiKey({
        name: optionalText(resource, 'Name') ?? resource.defaultName,
        value: optionalText(resource, 'Value'),
        // As with AWS, a key of a template does nothing unless it is enabled.
        enabled: optionalFlag(resource, 'Enabled') ?? false,
      });
      return { ref: id, attributes: { APIKeyId: id } };
    },
  },
  'AWS::ApiGateway::UsagePlan': {
    takes: ['ApiStages', 'Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName'],
    make(resource, { cloud, planKeys, atEnd }) {
      const ref = resource.defaultName;
      const keyIds: string[] = [];
      planKeys.set(ref, keyIds);
      const plan = planOf(resource);
      // The service takes a plan with all its keys, and the template adds them afterwards.
      atEnd(() => cloud.apiGateway.createUsagePlan({ ...plan, keyIds }));
      return { ref, attributes: { Id: ref } };
    },
  },
  'AWS::ApiGateway::UsagePlanKey': {
    takes: ['KeyId', 'KeyType', 'UsagePlanId'],
    make(resource, { planKeys }) {
      const [keyId, planId] = [text(resource, 'KeyId'), text(resource, 'UsagePlanId')];
      const keyIds = planKeys.get(planId);
      if (keyIds === undefined)
        throw new CannotDeploy(`Invalid Usage Plan ID specified: ${planId}`);
      keyIds.push(keyId);
      return { ref: `${keyId}:${planId}` };
    },
  },
};

function planOf(resource: Resource): Omit<UsagePlan, 'keyIds'> {
  const stages = parts(resource, 'ApiStages');
  return {
    name: optionalText(resource, 'UsagePlanName') ?? resource.defaultName,
    throttle: throttleOf(part(resource, 'Throttle'), 'RateLimit', 'BurstLimit'),
    quota: quotaOf(part(resource, 'Quota')),
    apiStages: stages.map((one) => ({ apiId: text(one, 'ApiId'), stage: text(one, 'Stage') })),
  };
}

function quotaOf(quota: Resource): UsagePlan['quota'] {
  const limit = optionalNumber(quota, 'Limit');
  if (limit === undefined) return undefined;
  const period = text(quota, 'Period');
  if (period === 'DAY' || period === 'WEEK' || period === 'MONTH') return { limit, period };
  throw new CannotDeploy(`Period of ${quota.type} must be DAY, WEEK or MONTH.`);
}
