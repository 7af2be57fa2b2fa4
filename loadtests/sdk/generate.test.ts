// sdk/generate.test.ts: what a generated package weighs, what compiles against it, and what it sends.
// The real shops are in shared/test/sdk.test.ts.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractDocument } from '../openapi/contract-document.ts';
import type { ApiDocument } from '../openapi/document.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import { type SdkFiles, writeWhole } from './files.ts';
import { generateSdk } from './generate.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'sdk-generate-'));
let files: SdkFiles;
beforeAll(async () => {
  files = await generateSdk({ document: contractDocument(), baseUrl: 'http://127.0.0.1:3000' });
  writeWhole(join(folder, 'node_modules', 'shop-sdk'), files);
});
afterAll(() => rmSync(folder, { recursive: true }));

const order = `{ customerId: 'cus_alice', lines: [{ productId: 'prd_0001', quantity: 1 }], cardToken: 'tok_visa' }`;
const header = `import { createClient } from 'shop-sdk';\nconst shop = createClient({ apiKey: 'k' });\n`;

const right = `
const { data, error } = await shop.placeOrder({ idempotencyKey: 'a', body: ${order} });
export const paid: number | string = error ? error.code : data.totalCents;
export const status: 'placed' | 'confirmed' | 'rejected' | 'cancelled' | undefined = data?.status;
export const more: unknown = error?.productId;
const page = await shop.listProducts();
export const next: string | null | undefined = page.data?.nextCursor;
await shop.listProducts({ query: { category: 'tea', limit: 3 }, signal: new AbortController().signal });
await shop.getOrder({ path: { orderId: 'ord_1' } });
`;

const wrong = {
  'a misspelt field': `await shop.placeOrder({ body: { ...${order}, customer: 'cus_alice' } });`,
  'a missing field': `await shop.placeOrder({ body: { customerId: 'cus_alice', lines: [] } });`,
  'a field of another type': `await shop.placeOrder({ body: { ...${order}, cardToken: 7 } });`,
  'no input where one is needed': 'await shop.getOrder();',
  'a parameter nobody knows': `await shop.getOrder({ path: { id: 'ord_1' } });`,
  'a word that is not taken': `await shop.listProducts({ query: { category: 'cars' } });`,
  'an operation nobody knows': 'await shop.buy();',
  'a key where none is honoured': `await shop.listProducts({ idempotencyKey: 'a' });`,
  'an option nobody knows': `createClient({ key: 'k' });`,
  'data that may not be there': `const { data } = await shop.listProducts(); data.items;`,
  'a field that no answer has': `const { data } = await shop.listProducts(); data?.products;`,
};

test('a program that fits compiles, and each that does not is told where', async () => {
  const programs = Object.entries({ right, ...wrong });
  for (const [name, text] of programs)
    writeFileSync(
      join(folder, `${name.replaceAll(' ', '-')}.ts`),
      `${header}${text}\nexport {};\n`,
    );
  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: false, types: [] },
    ...{ module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'] },
  };
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const config = { compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(repoRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', folder], { cwd: folder }).catch(
    (failed: { stdout: string }) => failed,
  );
  const complaints = stdout.split('\n').filter((line) => /error TS/.test(line));
  expect(complaints.filter((line) => !/^[\w-]+\.ts\(\d/.test(line))).toEqual([]);
  const complainedOf = [...new Set(complaints.map((line) => line.replace(/\.ts\(.*/, '')))];
  const expected = Object.keys(wrong).map((name) => name.replaceAll(' ', '-'));
  expect(complainedOf.sort(), stdout).toEqual(expected.sort());
});

test('each bundle is small: under 4 kB as a server sends it', () => {
  for (const name of ['shop-sdk.mjs', 'shop-sdk.global.js'] as const)
    expect(gzipSync(files[name]).length).toBeLessThan(4000);
});

test('the same document gives the same bytes', async () => {
  const source = { document: contractDocument(), baseUrl: 'http://127.0.0.1:3000' };
  expect(await generateSdk(source)).toEqual(files);
});

/** A document that is not the shop's, with everything in it that must not become code. */
const foreign = {
  openapi: '3.0.3',
  info: { title: 'Foreign */ `', version: '7.0.0' },
  paths: {
    '/files/{name}': {
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      put: {
        operationId: 'putFile',
        summary: 'Ends */ here, and | there',
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/File' } } },
        },
        responses: { 204: { description: 'Done' } },
      },
    },
  },
  components: {
    schemas: {
      File: {
        type: 'object',
        required: ['it’s', 'big'],
        properties: { 'it’s': { type: 'string' }, big: { type: 'boolean', default: false } },
      },
    },
  },
} as unknown as ApiDocument;

/** What a server was asked, and what it answers. */
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (text) => {
    body += text;
  });
  request.on('end', () => {
    asked.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  });
});
const asked: object[] = [];
let answer = { status: 204, type: 'text/plain', body: '' };
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

async function foreignClient() {
  const generated = await generateSdk({ document: foreign, baseUrl: 'http://nowhere.test' });
  mkdirSync(join(folder, 'foreign'), { recursive: true });
  const path = join(folder, 'foreign', 'client.mjs');
  writeFileSync(path, generated['shop-sdk.mjs']);
  const { createClient } = await import(path);
  const { port } = server.address() as AddressInfo;
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'unused' });
  return { client, generated };
}

test('whatever a document says stays text, and what a call says arrives as it was said', async () => {
  const { client, generated } = await foreignClient();
  expect(generated['index.d.ts']).toContain('Ends * / here');
  expect(generated['README.md']).toContain("body: { 'it’s': 'text', big: false },");
  const { data, error, response } = await client.putFile({
    path: { name: 'a/b c$&?' },
    body: { big: true },
  });
  expect([data, error, response.status]).toEqual([undefined, undefined, 204]);
  expect(asked.at(-1)).toMatchObject({
    method: 'PUT',
    url: '/files/a%2Fb%20c%24%26%3F',
    body: '{"big":true}',
  });
});

test('an answer that is not the API’s rejects; a problem does not', async () => {
  const { client } = await foreignClient();
  const call = () => client.putFile({ path: { name: 'a' } });
  for (const body of ['<h1>Bad gateway</h1>', '', '"no"', 'null']) {
    answer = { status: 502, type: 'text/html', body };
    await expect(call()).rejects.toThrow('PUT /files/{name} was answered 502, not by the API');
  }
  answer = { status: 409, type: 'application/problem+json', body: '{"code":"OUT_OF_STOCK"}' };
  expect((await call()).error).toEqual({ code: 'OUT_OF_STOCK' });
});

test.each([
  ['1.4.2', '1.4.2'],
  ['1.0', '1.0.0'],
  ['v2', '2.0.0'],
  ['2026-11', '0.0.0-v2026-11'],
  ['', '0.0.0-v'],
])(
  'version "%s" of a document is "%s" of the package: npm takes three numbers',
  async (said, has) => {
    const document = contractDocument();
    const info = { ...document.info, version: said };
    const made = await generateSdk({ document: { ...document, info }, baseUrl: 'http://a.test' });
    expect(JSON.parse(made['package.json']).version).toBe(has);
  },
);

function oddDocument(summary: unknown): ApiDocument {
  const get = { operationId: 'ping', summary, responses: { 200: { description: 'Done' } } };
  return {
    ...{ openapi: '3.1.0', info: { title: 'Odd', version: '1.0.0' }, paths: { '/ping': { get } } },
    components: { securitySchemes: { k: null } },
  } as unknown as ApiDocument;
}

test('a scheme of security that says nothing is no key; a summary that is no text is refused', async () => {
  const made = (summary: unknown) =>
    generateSdk({ document: oddDocument(summary), baseUrl: 'http://a.test' });
  expect((await made('Ping'))['README.md']).toContain('| `ping` | Ping (GET /ping) |');
  await expect(made(5)).rejects.toThrow('That is no OpenAPI document');
});
