// api-gateway/rest-api.ts: an OpenAPI document as the API that it describes, checked.
// Called by apis.ts when an API is created or replaced; a deployment holds on to the result.
import { badRequest } from './control-error.ts';
import { newShortId, type Random } from './ids.ts';
import { checkStatus, readIntegration } from './integration.ts';
import type {
  DocumentOperation,
  GatewayResponses,
  OpenApiDocument,
  PathItem,
  SecurityRequirement,
} from './openapi.ts';
import { createResourceTree, type Method, type ResourceTree } from './resource-tree.ts';

/** Never changes: who changes an API makes another one. */
export interface RestApi {
  readonly resources: Pick<ResourceTree, 'find'>;
  readonly binaryMediaTypes: readonly string[];
  readonly gatewayResponses: GatewayResponses;
}

/** @throws BadRequestException naming the method or the path that does not fit */
export function readRestApi(given: OpenApiDocument, random: Random): RestApi {
  const document = structuredClone(given);
  if (!/^3\.0\./.test(document.openapi))
    throw badRequest(`API Gateway imports OpenAPI 3.0, not ${document.openapi}.`);
  if ((document['x-amazon-apigateway-api-key-source'] ?? 'HEADER') !== 'HEADER')
    throw badRequest('The API key source can only be HEADER: there are no authorizers here.');
  const gatewayResponses = document['x-amazon-apigateway-gateway-responses'] ?? {};
  for (const [type, { statusCode }] of Object.entries(gatewayResponses))
    checkStatus(statusCode, `The gateway response ${type}`);
  const resources = createResourceTree();
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith('/')) throw badRequest(`The path ${path} does not begin with a slash.`);
    resources.add({ id: newShortId(random), path, methods: methodsOf(document, path, item) });
  }
  return {
    resources,
    binaryMediaTypes: document['x-amazon-apigateway-binary-media-types'] ?? [],
    gatewayResponses,
  };
}

const anyMethod = 'x-amazon-apigateway-any-method';
const methodKeys = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', anyMethod];

function methodsOf(document: OpenApiDocument, path: string, item: PathItem): Map<string, Method> {
  const methods = new Map<string, Method>();
  for (const key of methodKeys) {
    const operation = item[key] as DocumentOperation | undefined;
    if (operation === undefined) continue;
    const httpMethod = key === anyMethod ? 'ANY' : key.toUpperCase();
    const of = `${httpMethod} ${path}`;
    methods.set(httpMethod, {
      httpMethod,
      operationName: operation.operationId,
      apiKeyRequired: needsKey(document, operation.security ?? document.security ?? [], of),
      integration: readIntegration(operation['x-amazon-apigateway-integration'], of),
    });
  }
  return methods;
}

/** "API key required": a scheme of type apiKey in the header x-api-key, whatever its name. */
function needsKey(
  { components }: OpenApiDocument,
  security: readonly SecurityRequirement[],
  of: string,
): boolean {
  const names = security.flatMap((requirement) => Object.keys(requirement));
  for (const name of names) {
    const scheme = components?.securitySchemes?.[name];
    const isKey = scheme?.type === 'apiKey' && scheme.in === 'header';
    if (!isKey || scheme.name?.toLowerCase() !== 'x-api-key' || isAuthorizer(scheme))
      throw badRequest(
        `${of} asks for ${name}: only API keys in the header x-api-key are supported.`,
      );
  }
  return names.length > 0;
}

function isAuthorizer(scheme: object): boolean {
  return 'x-amazon-apigateway-authorizer' in scheme || 'x-amazon-apigateway-authtype' in scheme;
}
