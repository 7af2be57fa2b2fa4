// deploy/kinds/api-gateway.ts: an API from its OpenAPI body, and its stages.
// In the table of kinds.ts; keys and plans are in usage-plans.ts.
import type { OpenApiBody, StageSettings, Throttle } from '../cloud.ts';
import {
  type Kinds,
  optionalNumber,
  optionalText,
  part,
  parts,
  type Resource,
  text,
} from '../resource.ts';

export const apiGatewayKinds: Kinds = {
  'AWS::ApiGateway::RestApi': {
    takes: ['Body', 'Description', 'EndpointConfiguration', 'FailOnWarnings', 'Name', 'Tags'],
    make(resource, { cloud }) {
      const name = optionalText(resource, 'Name') ?? resource.defaultName;
      const body = part(resource, 'Body').properties as OpenApiBody;
      const { id } = cloud.apiGateway.createRestApi({ name, body });
      return { ref: id, attributes: { RestApiId: id } };
    },
  },
  /** The API is put on its stage when the stage is made: nothing can change it in between. */
  'AWS::ApiGateway::Deployment': {
    takes: ['Description', 'RestApiId'],
    make: (resource) => ({
      ref: resource.defaultName,
      attributes: { DeploymentId: resource.defaultName },
    }),
  },
  'AWS::ApiGateway::Stage': {
    takes: [
      ...['DeploymentId', 'MethodSettings', 'RestApiId', 'StageName', 'Variables'],
      ...['Description', 'Tags'],
    ],
    make(resource, { cloud, invokeUrls }) {
      const apiId = text(resource, 'RestApiId');
      const stage = text(resource, 'StageName');
      const settings = settingsOf(resource);
      const { invokeUrl } = cloud.apiGateway.createDeployment(apiId, stage, settings);
      invokeUrls.set(`${apiId}/${stage}`, invokeUrl);
      return { ref: stage };
    },
  },
};

/** `/*` and `*` are the settings of all methods. */
function settingsOf(resource: Resource): StageSettings {
  const variables = part(resource, 'Variables');
  const throttled = parts(resource, 'MethodSettings').flatMap((setting) => {
    const throttle = throttleOf(setting, 'ThrottlingRateLimit', 'ThrottlingBurstLimit');
    // `/~1orders~1{orderId}` is how a path is written here.
    const resourcePath = text(setting, 'ResourcePath').replace(/^\/~1/, '/').replaceAll('~1', '/');
    return throttle === undefined
      ? []
      : [{ resourcePath, httpMethod: text(setting, 'HttpMethod'), throttle }];
  });
  const isForAll = ({ httpMethod }: { httpMethod: string }) => httpMethod === '*';
  return {
    variables: Object.fromEntries(
      Object.keys(variables.properties).map((name) => [name, text(variables, name)]),
    ),
    throttle: throttled.find(isForAll)?.throttle,
    methodThrottles: throttled.filter((setting) => !isForAll(setting)),
  };
}

/** @returns undefined unless both limits are given */
export function throttleOf(resource: Resource, rate: string, burst: string): Throttle | undefined {
  const rateLimit = optionalNumber(resource, rate);
  const burstLimit = optionalNumber(resource, burst);
  return rateLimit === undefined || burstLimit === undefined
    ? undefined
    : { rateLimit, burstLimit };
}
