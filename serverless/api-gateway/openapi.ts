// api-gateway/openapi.ts: the parts of an OpenAPI 3.0 document that API Gateway reads.
// Types only: read by rest-api.ts and integration.ts. "OpenAPI extensions for API Gateway".

export interface OpenApiDocument {
  /** 3.0.x: API Gateway imports no 3.1. */
  readonly openapi: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly security?: readonly SecurityRequirement[];
  readonly components?: {
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
    readonly [other: string]: unknown;
  };
  readonly 'x-amazon-apigateway-api-key-source'?: string;
  readonly 'x-amazon-apigateway-binary-media-types'?: readonly string[];
  readonly 'x-amazon-apigateway-gateway-responses'?: GatewayResponses;
  readonly [other: string]: unknown;
}

/** Methods in lower case, `x-amazon-apigateway-any-method`, and what is of no interest here. */
export type PathItem = Readonly<Record<string, unknown>>;

export interface DocumentOperation {
  readonly operationId?: string;
  readonly security?: readonly SecurityRequirement[];
  readonly 'x-amazon-apigateway-integration'?: DocumentIntegration;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface SecurityScheme {
  readonly type: string;
  readonly name?: string;
  readonly in?: string;
}

export interface DocumentIntegration {
  /** `aws_proxy` or `mock`, in any case. */
  readonly type: string;
  readonly httpMethod?: string;
  readonly uri?: string;
  readonly timeoutInMillis?: number;
  readonly requestTemplates?: Readonly<Record<string, string>>;
  /** By status: a regular expression, or `default`. */
  readonly responses?: Readonly<Record<string, MockResponse>>;
}

export interface MockResponse {
  readonly statusCode: string | number;
  /** `method.response.header.<name>` to an expression, most often a text in single quotes. */
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates?: Readonly<Record<string, string>>;
}

/** By type: `DEFAULT_4XX`, `THROTTLED`, … */
export type GatewayResponses = Readonly<Record<string, GatewayResponse>>;

export interface GatewayResponse {
  readonly statusCode?: string | number;
  /** `gatewayresponse.header.<name>` to an expression. */
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates?: Readonly<Record<string, string>>;
}
