// deploy/api-document.ts: the route table as the OpenAPI 3.0 document that API Gateway imports.
// Called by template-text.ts, which puts it into template.yaml.
//
// WHY without the schemas of the contract: the services check what they are sent. Here it would be
// checked once more, by rules of JSON Schema draft 4, and a refusal would look unlike all others.
import type { Operation } from '@lab/shared/contract/operation.ts';
import { gatewayResponses } from './gateway-responses.ts';

/** The resource of template.base.yaml that answers for a feature. */
const functionIdOf = (feature: string) => `${feature[0]?.toUpperCase()}${feature.slice(1)}Function`;

export function apiDocument(operations: readonly Operation[]) {
  const paths = [...new Set(operations.map(({ path }) => path))];
  return {
    openapi: '3.0.3',
    info: { title: 'The shop', version: '1.0.0' },
    paths: {
      ...Object.fromEntries(
        paths.map((path) => [
          path.replace(/:(\w+)/g, '{$1}'),
          pathItem(operations.filter((row) => row.path === path)),
        ]),
      ),
      ...elsewhere,
    },
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
    'x-amazon-apigateway-gateway-responses': gatewayResponses,
  };
}

/** A text in a mapping stands in quotes. Keys are never in a cookie, so every page may ask. */
const anyOrigin = "'*'";

function pathItem(rows: readonly Operation[]) {
  const methods = rows.map(({ method }) => method);
  return {
    ...Object.fromEntries(rows.map((row) => [row.method.toLowerCase(), operationObject(row)])),
    options: preflight([...methods, 'OPTIONS']),
  };
}

function operationObject(row: Operation) {
  return {
    operationId: row.id,
    parameters: [
      ...parameters('path', row.params),
      ...parameters('query', row.query),
      ...(row.idempotent ? [parameter('header', 'Idempotency-Key', false)] : []),
      ...(row.later ? [parameter('header', 'Prefer', false)] : []),
    ],
    ...(row.access === 'customer' && { security: [{ apiKey: [] }] }),
    responses: {
      [row.status]: { description: 'Done' },
      ...(row.later && { 202: { description: 'Begun' } }),
    },
    'x-amazon-apigateway-integration': proxyTo(functionIdOf(row.feature)),
  };
}

function proxyTo(functionId: string) {
  return {
    type: 'aws_proxy',
    // Of the call to Lambda, whatever the customer's method is.
    httpMethod: 'POST',
    uri: {
      'Fn::Sub':
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation fills it in
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/' +
        `\${${functionId}.Arn}/invocations`,
    },
  };
}

const toTheDoor = {
  responses: { 200: { description: 'Done' } },
  'x-amazon-apigateway-integration': proxyTo('GatewayFunction'),
};

/** Documentation, health and faults, which have keys of their own; and 404 for all the rest. */
const elsewhere = {
  '/': { get: toTheDoor },
  '/{proxy+}': { 'x-amazon-apigateway-any-method': toTheDoor },
};

function parameters(where: 'path' | 'query', object: Operation['params']) {
  const { properties = {}, required = [] } = (object ?? {}) as {
    properties?: Readonly<Record<string, { readonly type?: string }>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { type }]) =>
    parameter(where, name, required.includes(name), type),
  );
}

function parameter(where: string, name: string, required: boolean, type = 'string') {
  return { name, in: where, ...(required && { required }), schema: { type } };
}

/** Answers a browser that asks before it asks, without waking a function. */
function preflight(methods: readonly string[]) {
  const headers = {
    'Access-Control-Allow-Origin': anyOrigin,
    'Access-Control-Allow-Methods': `'${methods.join(',')}'`,
    'Access-Control-Allow-Headers': "'content-type,x-api-key,idempotency-key,prefer,x-request-id'",
    'Access-Control-Max-Age': "'600'",
  };
  const named = (prefix: string) =>
    Object.entries(headers).map(([name, value]) => [`${prefix}${name}`, value]);
  return {
    responses: {
      204: {
        description: 'Allowed',
        headers: Object.fromEntries(
          Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }]),
        ),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(named('method.response.header.')),
        },
      },
    },
  };
}
