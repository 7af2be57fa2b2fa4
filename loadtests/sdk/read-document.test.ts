// sdk/read-document.test.ts: what is taken for a document, and the sentence for what is not.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { contractDocument } from '../openapi/contract-document.ts';
import { readDocument } from './read-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'sdk-source-'));
const file = join(folder, 'api.json');
const operation = { operationId: 'ping', responses: { 200: { description: 'Done' } } };
const small = {
  openapi: '3.0.3',
  info: { title: 'Small', version: '2.1.0' },
  servers: [{ url: 'http://small.test/{stage}/', variables: { stage: { default: 'prod' } } }],
  paths: { '/ping': { get: operation } },
};

let served: { path: string; body: string };
const server = createServer(({ url }, response) => {
  if (url === served.path) response.end(served.body);
  else response.writeHead(404).end();
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function refusal(content: unknown): Promise<unknown> {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readDocument(file).catch((error) => [error.name, error.message.replace(file, 'F')]);
}

test('a file says where it is served, stages filled in, no slash at the end', async () => {
  writeFileSync(file, JSON.stringify(small));
  expect((await readDocument(file)).baseUrl).toBe('http://small.test/prod');
});

test.each([
  ['', '/openapi.json', ''],
  ['/', '/openapi.json', ''],
  ['/prod', '/prod/openapi.json', '/prod'],
  ['/openapi.json', '/openapi.json', ''],
  ['/prod/api-docs.json', '/prod/api-docs.json', '/prod'],
])('an address that ends in "%s" finds the document at %s', async (asked, path, base) => {
  const { servers: _, ...unplaced } = small;
  served = { path, body: JSON.stringify(unplaced) };
  const source = await readDocument(origin + asked);
  expect(source.document.info.title).toBe('Small');
  expect(source.baseUrl).toBe(origin + base);
});

test('what looks like a reference in an example is data', async () => {
  const example = { $ref: 'http://elsewhere.test/#/a' };
  const content = { 'application/json': { example } };
  const responses = { 200: { description: 'Done', content } };
  const get = { ...operation, responses };
  writeFileSync(file, JSON.stringify({ ...small, paths: { '/ping': { get } } }));
  expect((await readDocument(file)).document.info.title).toBe('Small');
});

test('a server that is named relative to the document is found from there', async () => {
  served = {
    path: '/v1/openapi.json',
    body: JSON.stringify({ ...small, servers: [{ url: '.' }] }),
  };
  expect((await readDocument(`${origin}/v1`)).baseUrl).toBe(`${origin}/v1`);
});

test.each([
  ['text', 'hello', 'F is no OpenAPI document: it is not JSON.'],
  ['null', null, 'F is no OpenAPI document: it does not say "openapi": "3.1.0".'],
  [
    'Swagger 2',
    { swagger: '2.0' },
    'F is no OpenAPI document: it does not say "openapi": "3.1.0".',
  ],
  ['no paths', { ...small, paths: undefined }, 'F is no OpenAPI document: it has no paths.'],
  [
    'no title',
    { ...small, info: {} },
    'F is no OpenAPI document: its info lacks a title or a version.',
  ],
  ['no operations', { ...small, paths: {} }, 'F has no operations.'],
  [
    'an operation without an id',
    { ...small, paths: { '/ping': { get: { responses: {} } } } },
    'GET /ping in F has no operationId.',
  ],
  [
    'an id that is no name',
    { ...small, paths: { '/ping': { get: { ...operation, operationId: '__proto__' } } } },
    'GET /ping in F is called "__proto__": no function can be.',
  ],
  [
    'two of one id',
    { ...small, paths: { '/ping': { get: operation, post: operation } } },
    'GET /ping and POST /ping in F are both called "ping".',
  ],
  [
    'a reference out of the document',
    { ...small, paths: { '/ping': { $ref: 'http://127.0.0.1/other.json' } } },
    'F cannot be used: http://127.0.0.1/other.json is another document.',
  ],
  [
    'a reference to nothing',
    { ...small, paths: { '/ping': { $ref: '#/components/pathItems/ping' } } },
    'F cannot be used: #/components/pathItems/ping leads nowhere.',
  ],
  [
    'a schema to nothing',
    { ...small, components: { schemas: { Pong: { $ref: '#/components/schemas/Gone' } } } },
    'F cannot be used: #/components/schemas/Gone leads nowhere.',
  ],
  [
    'servers that are no list',
    { ...small, servers: {} },
    'F is no OpenAPI document: one of its servers has no url.',
  ],
  [
    'no server',
    { ...small, servers: undefined },
    'F does not say where it is served: give it "servers".',
  ],
  [
    'a server without an address',
    { ...small, servers: [{}] },
    'F is no OpenAPI document: one of its servers has no url.',
  ],
])('%s is refused in one sentence', async (_, content, sentence) => {
  expect(await refusal(content)).toEqual(['CannotStart', sentence]);
});

test('what is not there is named', async () => {
  await expect(readDocument(join(folder, 'gone.json'))).rejects.toThrow(/^There is no file .*gone/);
  await expect(readDocument(folder)).rejects.toThrow(/is a folder: name the document in it\.$/);
  served = { path: '/elsewhere', body: '' };
  await expect(readDocument(origin)).rejects.toThrow('/openapi.json answers 404');
  await expect(readDocument('http://127.0.0.1:1')).rejects.toThrow(
    'Nobody answers at http://127.0.0.1:1/openapi.json',
  );
});

test('a server that says nothing, or not all of it, is told apart from none at all', async () => {
  let answer = (_: ServerResponse) => {};
  const odd = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
  onTestFinished(() => {
    odd.closeAllConnections();
    odd.close();
  });
  await once(odd, 'listening');
  const at = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
  const url = `${at}/openapi.json`;
  const late = { name: 'CannotStart', message: `${url} did not answer in 0.05 s.` };
  await expect(readDocument(at, 50)).rejects.toMatchObject(late);
  answer = (response) => void response.writeHead(200, { 'content-length': 99 }).write('{');
  await expect(readDocument(at, 50)).rejects.toMatchObject(late);
  answer = (response) => {
    response.writeHead(200, { 'content-length': 99 });
    response.write('{', () => response.destroy());
  };
  const message = `The answer of ${url} was cut short.`;
  await expect(readDocument(at)).rejects.toMatchObject({ name: 'CannotStart', message });
});

test('the document of the contract is taken as it is', async () => {
  writeFileSync(file, JSON.stringify(contractDocument()));
  expect((await readDocument(file)).baseUrl).toBe('http://127.0.0.1:3000');
});
