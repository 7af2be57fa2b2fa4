// api-gateway/usage.ts: API keys, and the plans that say how much each of them may do.
// Called by api-gateway.ts for every change, and by admission.ts for a request with a key.
import { badRequest, ControlError } from './control-error.ts';
import { GatewayError } from './gateway-error.ts';
import { newId, newKeyValue, type Random } from './ids.ts';
import { apiKeyLength } from './limits.ts';
import { createQuota, type Quota } from './quota.ts';
import type { Throttles } from './throttles.ts';
import type { Throttle } from './token-bucket.ts';

export interface ApiKeyConfig {
  readonly name: string;
  /** 20 to 128 characters; one is made up when missing. */
  readonly value?: string | undefined;
  /** Default true. */
  readonly enabled?: boolean | undefined;
}

export type ApiKey = Required<ApiKeyConfig> & { readonly id: string; readonly value: string };

export interface UsagePlanConfig {
  readonly name: string;
  /** Of each key, over all stages of the plan. */
  readonly throttle?: Throttle | undefined;
  /** The same. */
  readonly quota?: Quota | undefined;
  readonly apiStages: readonly PlanStage[];
  readonly keyIds: readonly string[];
}

export interface PlanStage {
  readonly apiId: string;
  readonly stage: string;
  /** By method, as `/orders/POST`: of each key, instead of the plan's own. */
  readonly throttle?: Readonly<Record<string, Throttle>> | undefined;
}

/** Where a key is used; `method` as in a plan's throttle. */
export interface Place {
  readonly apiId: string;
  readonly stage: string;
  readonly method: string;
}

export interface Usage {
  /** @throws BadRequestException, ConflictException for a value that another key has */
  createApiKey(config: ApiKeyConfig): ApiKey;
  /** @throws NotFoundException for a key, ConflictException for a second plan of a key and a stage */
  createUsagePlan(config: UsagePlanConfig): { readonly id: string };
  /** Counts the request. @throws GatewayError INVALID_API_KEY, THROTTLED, QUOTA_EXCEEDED */
  admit(value: string | undefined, place: Place): ApiKey;
}

interface UsagePlan extends UsagePlanConfig {
  readonly id: string;
  readonly quotas: ReadonlyMap<string, () => boolean>;
}

interface UsageServices {
  readonly now: () => number;
  readonly random: Random;
  readonly throttles: Throttles;
}

export function createUsage({ now, random, throttles }: UsageServices): Usage {
  const keys = new Map<string, ApiKey>();
  const plans: UsagePlan[] = [];
  const planOf = (keyId: string, { apiId, stage }: Pick<Place, 'apiId' | 'stage'>) =>
    plans.find(
      (plan) => plan.keyIds.includes(keyId) && stageIn(plan, { apiId, stage }) !== undefined,
    );

  return {
    createApiKey({ name, value = newKeyValue(random), enabled = true }) {
      const { least, most } = apiKeyLength;
      if (value.length < least || value.length > most)
        throw badRequest(
          `API Key value should be at least ${least} and at most ${most} characters`,
        );
      const key = { id: newId(random), name, value, enabled };
      if (keys.has(value)) throw new ControlError('ConflictException', 'API Key already exists');
      keys.set(value, key);
      return key;
    },
    createUsagePlan(config) {
      const known = new Set([...keys.values()].map(({ id }) => id));
      for (const keyId of config.keyIds) {
        if (!known.has(keyId))
          throw new ControlError('NotFoundException', `Invalid API Key identifier: ${keyId}`);
        if (config.apiStages.some((stage) => planOf(keyId, stage) !== undefined))
          throw new ControlError(
            'ConflictException',
            `The key ${keyId} has a usage plan for one of these stages already.`,
          );
      }
      plans.push({ ...config, id: newId(random), quotas: quotasOf(config, now) });
      return { id: plans.at(-1)?.id ?? '' };
    },
    admit(value, place) {
      const key = value === undefined ? undefined : keys.get(value);
      const plan = key?.enabled ? planOf(key.id, place) : undefined;
      if (key === undefined || plan === undefined) throw new GatewayError('INVALID_API_KEY');
      const own = stageIn(plan, place)?.throttle?.[place.method];
      const limited = own === undefined ? '' : `${place.apiId}/${place.stage}${place.method}`;
      if (!throttles.admits(`key ${plan.id} ${key.id} ${limited}`, own ?? plan.throttle))
        throw new GatewayError('THROTTLED');
      if (plan.quotas.get(key.id)?.() === false) throw new GatewayError('QUOTA_EXCEEDED');
      return key;
    },
  };
}

function stageIn({ apiStages }: UsagePlanConfig, { apiId, stage }: Omit<Place, 'method'>) {
  return apiStages.find((one) => one.apiId === apiId && one.stage === stage);
}

/** A quota begins with its plan, not with the first request. */
function quotasOf({ quota, keyIds }: UsagePlanConfig, now: () => number) {
  return new Map(
    quota === undefined ? [] : keyIds.map((id) => [id, createQuota(quota, now)] as const),
  );
}
