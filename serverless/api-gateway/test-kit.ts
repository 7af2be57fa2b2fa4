// api-gateway/test-kit.ts: a gateway of its own for each test, with a function that is a few lines.
// Used by the tests beside it; requests are made with node:http, which changes nothing on the way.
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { onTestFinished } from 'vitest';
import type {
  ServiceInvoke,
  ServiceInvokeOptions,
  ServiceInvokeResult,
} from '../lambda/service-invoke.ts';
import { type ApiGateway, type ApiGatewayOptions, startApiGateway } from './api-gateway.ts';
import type { StageSettings } from './apis.ts';
import type { DocumentIntegration, OpenApiDocument } from './openapi.ts';

/** What the gateway asked a function. */
export interface Asked {
  readonly functionName: string;
  readonly event: APIGatewayProxyEvent;
  readonly options: ServiceInvokeOptions | undefined;
}

export interface Lab {
  readonly gateway: ApiGateway;
  readonly asked: readonly Asked[];
  /** Stands still until a test moves it. */
  readonly clock: { ms: number };
  /** What a function does; at first it returns `{ body: 'ok' }`. */
  invoke: ServiceInvoke;
  /** An API with these paths on the stage `prod`. */
  deploy(paths: OpenApiDocument['paths'], more?: Partial<Deploy>): { id: string; url: string };
}

interface Deploy {
  /** The rest of the document. */
  readonly document: Partial<OpenApiDocument>;
  readonly settings: StageSettings;
}

/** Gone when the test is over. */
export async function startLab(options: Partial<ApiGatewayOptions> = {}): Promise<Lab> {
  const clock = { ms: Date.UTC(2026, 10, 25, 9) };
  const asked: Asked[] = [];
  const gateway = await startApiGateway({
    port: 0,
    host: '127.0.0.1',
    now: () => clock.ms,
    invoke(functionName, payload, invokeOptions) {
      asked.push({ functionName, event: JSON.parse(payload), options: invokeOptions });
      return lab.invoke(functionName, payload, invokeOptions);
    },
    ...options,
  });
  onTestFinished(() => gateway.close());
  const lab: Lab = {
    ...{ gateway, asked, clock },
    invoke: returning({ body: 'ok' }),
    deploy(paths, { document, settings } = {}) {
      const { id } = gateway.createRestApi({ name: 'shop', body: documentOf(paths, document) });
      return { id, url: gateway.createDeployment(id, 'prod', settings).invokeUrl };
    },
  };
  return lab;
}

/** A function that returns this. */
export function returning(value: unknown): ServiceInvoke {
  return async () => ({ statusCode: 200, payload: JSON.stringify(value) });
}

/** What Lambda itself answers. */
export function answering(result: Partial<ServiceInvokeResult>): ServiceInvoke {
  return async () => ({ statusCode: 200, payload: '{}', ...result });
}

/** With a scheme for `security: withKey`. */
export function documentOf(
  paths: OpenApiDocument['paths'],
  more: Partial<OpenApiDocument> = {},
): OpenApiDocument {
  const api_key = { type: 'apiKey', name: 'x-api-key', in: 'header' };
  return { openapi: '3.0.1', components: { securitySchemes: { api_key } }, paths, ...more };
}

/** An operation with a function behind it. */
export function proxy(functionName = 'shop', more: Partial<DocumentIntegration> = {}) {
  const arn = `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`;
  return {
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      ...more,
    },
  };
}

/** As a document writes it. */
export const stageVariable = (name: string) => `\${stageVariables.${name}}`;

export const withKey = { security: [{ api_key: [] }] };
export const anyMethod = 'x-amazon-apigateway-any-method';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: unknown;
}

interface AskOptions {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export function ask(
  url: string,
  { method = 'GET', headers = {}, body }: AskOptions = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString('utf8');
        const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
        const json = isJson ? parsed(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text, json });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
