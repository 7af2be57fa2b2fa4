// api-gateway/admission.ts: whether a request may reach its integration: key, plan, method, account.
// Called by answer-call.ts, in the order in which AWS applies its limits.
import type { Stage } from './apis.ts';
import { type Call, headerOf } from './call.ts';
import { GatewayError } from './gateway-error.ts';
import type { Method, Resource } from './resource-tree.ts';
import type { Throttles } from './throttles.ts';
import type { Throttle } from './token-bucket.ts';
import type { ApiKey, Usage } from './usage.ts';

export interface AdmissionServices {
  readonly usage: Usage;
  readonly throttles: Throttles;
  readonly accountThrottle: Throttle;
}

/**
 * @returns the key of the request, when its method asks for one
 * @throws GatewayError INVALID_API_KEY (403), THROTTLED or QUOTA_EXCEEDED (both 429)
 */
export function admit(
  { usage, throttles, accountThrottle }: AdmissionServices,
  call: Call,
  stage: Stage,
  resource: Resource,
  method: Method,
): ApiKey | undefined {
  const { apiId, name } = stage;
  const path = `${resource.path}/${method.httpMethod}`;
  const place = { apiId, stage: name, method: path };
  const key = method.apiKeyRequired
    ? usage.admit(headerOf(call.headers, 'x-api-key'), place)
    : undefined;
  const ofMethod = methodThrottle(stage, resource, method);
  if (
    !throttles.admits(`method ${apiId}/${name}${path}`, ofMethod) ||
    !throttles.admits('account', accountThrottle)
  )
    throw new GatewayError('THROTTLED');
  return key;
}

/** A stage's own throttle is a default: every method has as much, each for itself. */
function methodThrottle({ settings }: Stage, resource: Resource, method: Method) {
  const own = settings.methodThrottles?.find(
    ({ resourcePath, httpMethod }) =>
      resourcePath === resource.path && httpMethod === method.httpMethod,
  );
  return own?.throttle ?? settings.throttle;
}
