// test/operating.contract.ts: the pages every shape has for those who run it.
// Registered by suite.ts.
import { expect, test } from 'vitest';
import { publicOperations } from '../contract/operations.ts';
import { Health, Readiness, Topology } from '../contract/topology.ts';
import { fits } from '../contract/validate.ts';
import { docsPolicy, shopPolicy } from '../runtime/pages.ts';
import { exchange } from './asking.ts';
import { howIn, shapeOf } from './differences.ts';
import type { Subject } from './subject.ts';

const json = 'application/json; charset=utf-8';

export function operatingContract(subject: Subject): void {
  states(subject);
  pages(subject);
}

/** A page that must answer 200 with this type. @returns its text */
async function page(subject: Subject, path: string, type: string): Promise<string> {
  const { status, headers, text } = await exchange(subject, path);
  expect([status, headers.get('content-type')]).toEqual([200, type]);
  return text;
}

function states(subject: Subject): void {
  test('/health says who is alive', async () => {
    const body = JSON.parse(await page(subject, '/health', json));
    expect(fits(Health)(body)).toBeNull();
  });

  test('/ready names everything the front door needs, and all of it is up', async () => {
    const body = JSON.parse(await page(subject, '/ready', json));
    expect(fits(Readiness)(body)).toBeNull();
    expect(body.ready).toBe(true);
    const names = body.dependencies.map(({ name }: { name: string }) => name).join(', ');
    expect(names).toBe(howIn(subject, 'readiness'));
    expect(body.dependencies).toEqual(
      body.dependencies.map(({ name }: { name: string }) => ({ name, health: 'up', reason: null })),
    );
  });

  test('/topology lists the parts, each once and up, and names no other', async () => {
    const body: Topology = JSON.parse(await page(subject, '/topology', json));
    expect(fits(Topology)(body)).toBeNull();
    expect(body.shape).toBe(shapeOf(subject));
    const names = body.components.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(body.components.flatMap((c) => c.dependsOn)));
    expect(body.components.map(({ health }) => health)).toEqual(names.map(() => 'up'));
    const kinds = ['process', 'feature', 'database'].map(
      (kind) => body.components.filter((part) => part.kind === kind).length,
    );
    const expected =
      howIn(subject, 'topology') === 'seven processes, six databases' ? [7, 0, 6] : [1, 6, 1];
    expect(kinds).toEqual(expected);
  });

  test('/metrics counts a request under its operation and status', async () => {
    const count = async () => {
      const text = await page(subject, '/metrics', 'text/plain; version=0.0.4; charset=utf-8');
      const line = /^http_requests_total\{operation="getStock",status="404"\} (\d+)$/m.exec(text);
      return Number(line?.[1] ?? 0);
    };
    const before = await count();
    for (const _ of [1, 2, 3]) await exchange(subject, '/stock/prd_9999');
    const counted = howIn(subject, 'metrics') === 'every request' ? 3 : 0;
    await subject.settled(async () => expect(await count()).toBe(before + counted));
  });
}

function pages(subject: Subject): void {
  test('/ tells a person at a terminal what is here and what to try', async () => {
    const text = await page(subject, '/', 'text/plain; charset=utf-8');
    for (const { method, path } of publicOperations) expect(text).toContain(`${method} ${path}`);
    const [, example] = /curl '(http[^']+)'/.exec(text) ?? [];
    expect((await fetch(example ?? '')).status).toBe(200);
  });

  test('/openapi.json lists exactly the public operations', async () => {
    const document = JSON.parse(await page(subject, '/openapi.json', json));
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, { operationId: string }>).map(
        ([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`,
      ),
    );
    const expected = publicOperations.map(
      ({ id, method, path }) => `${id}: ${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(listed.sort()).toEqual(expected.sort());
  });

  test('/openapi.json keeps the rules of OpenAPI 3.1', async () => {
    const document = JSON.parse(await page(subject, '/openapi.json', json));
    expect(brokenRules(document)).toEqual([]);
  });

  test.each(['/docs', '/shop/'])('%s and all it loads come from this server', async (path) => {
    const html = await page(subject, path, 'text/html; charset=utf-8');
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    const files = [...html.matchAll(/(?:src|href)="([^"]+\.(?:css|js))"/g)].map(
      ([, file]) => file ?? '',
    );
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const file of files) {
      const { href } = new URL(file, `${subject.baseUrl}${path}`);
      expect(href.startsWith(subject.baseUrl)).toBe(true);
      const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
      const text = await page(
        subject,
        href.slice(subject.baseUrl.length),
        `${type}; charset=utf-8`,
      );
      expect(text.length).toBeGreaterThan(1000);
    }
    const policy = (await exchange(subject, path)).headers.get('content-security-policy');
    expect(policy).toBe(path === '/docs' ? docsPolicy : shopPolicy);
  });
}

interface Described {
  operationId?: string;
  parameters?: { name?: string; in?: string; required?: boolean; schema?: object }[];
  requestBody?: { content?: Record<string, { schema?: object }> };
  responses?: Record<string, { description?: string }>;
}

/** Which rules of the OpenAPI 3.1 document format are broken; [] for none. */
function brokenRules(document: {
  openapi?: string;
  info?: { title?: string; version?: string };
  paths?: Record<string, Record<string, Described>>;
}): string[] {
  const broken: string[] = [];
  const rule = (holds: boolean, name: string) => void (holds || broken.push(name));
  rule(/^3\.1\.\d+$/.test(document.openapi ?? ''), 'openapi is 3.1.x');
  rule(Boolean(document.info?.title && document.info.version), 'info has title and version');
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const ids = rows.map(({ operation }) => operation.operationId);
  rule(new Set(ids).size === ids.length && !ids.includes(undefined), 'operationIds are unique');
  for (const { path, operation } of rows) {
    const { parameters = [], responses = {} } = operation;
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const templated = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    rule(path.startsWith('/'), `${path} starts with a slash`);
    rule(
      inPath.every(({ required }) => required === true),
      `${path}: path parameters required`,
    );
    rule(
      inPath.map(({ name }) => name).join() === templated.join(),
      `${path}: every {name} has its parameter`,
    );
    rule(
      parameters.every(({ schema }) => schema !== undefined),
      `${path}: parameters have schemas`,
    );
    rule(Object.keys(responses).length > 0, `${path} has responses`);
    rule(
      Object.values(responses).every(({ description }) => Boolean(description)),
      `${path}: responses have descriptions`,
    );
  }
  return [...broken, ...danglingReferences(document)];
}

/** Every `$ref` that leads nowhere in the document. */
function danglingReferences(document: object): string[] {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)];
  return references.flatMap(([, reference = '']) => {
    const steps = reference.replace('#/', '').split('/');
    const target = steps.reduce<unknown>(
      (at, step) => (at as Record<string, unknown> | undefined)?.[step],
      document,
    );
    return target === undefined ? [`${reference} leads nowhere`] : [];
  });
}
